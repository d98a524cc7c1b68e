package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.model.Attachment;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFailure;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.Resource;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeState;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code kubectl} shows of a record beyond its fields: conditions, and texts for columns. Made from the record, never read back. */
final class ObjectView {
    static final String CONDITIONS = "conditions";
    static final String SUMMARY = "summary";

    private static final String READY = "Ready";
    private static final int LONGEST_MESSAGE = 1024;

    private final Clock clock;

    ObjectView(Clock clock) {
        this.clock = clock;
    }

    /** Adds to a status what is shown; a condition that stays keeps its time. */
    void show(Resource value, ObjectNode status, List<ObjectRead.Condition> before) {
        ObjectNode summary = status.objectNode();
        ArrayNode conditions = status.arrayNode();
        switch (value) {
            case Volume volume -> {
                summary.put("size", volume.size().toString());
                summary.put(
                        "replicas",
                        volume.placements().size() + "/" + volume.parameters().numberOfReplicas());
                summary.put(
                        "attachedTo", volume.attachment().map(VolumeView::node).orElse(""));
                add(conditions, before, ready(volume.state() == VolumeState.READY, Words.text(volume.state()), ""));
                add(conditions, before, VolumeView.attached(volume));
            }
            case Snapshot snapshot -> {
                summary.put("size", snapshot.size().toString());
                add(
                        conditions,
                        before,
                        ready(snapshot.state() == SnapshotState.READY, Words.text(snapshot.state()), ""));
            }
            case SnapshotGroup group ->
                add(conditions, before, ready(group.state() == SnapshotState.READY, Words.text(group.state()), ""));
            case Backup backup -> {
                summary.put("size", backup.size().toString());
                add(
                        conditions,
                        before,
                        ready(
                                backup.state() == BackupState.READY,
                                Words.text(backup.state()),
                                backup.failure().map(BackupFailure::message).orElse("")));
            }
            case BackupTarget target ->
                target.report()
                        .ifPresent(report ->
                                add(conditions, before, ready(report.available(), report.reason(), report.message())));
            case StorageNode node ->
                node.report()
                        .ifPresent(report ->
                                add(conditions, before, ready(report.ready(), report.reason(), report.message())));
            default -> {}
        }
        if (!summary.isEmpty()) {
            status.set(SUMMARY, summary);
        }
        if (!conditions.isEmpty()) {
            status.set(CONDITIONS, conditions);
        }
    }

    /** The conditions in a status; what is not understood is left out, as they are for people. */
    static List<ObjectRead.Condition> conditions(JsonNode status) {
        List<ObjectRead.Condition> conditions = new ArrayList<>();
        status.path(CONDITIONS)
                .forEach(each -> since(each)
                        .ifPresent(since -> conditions.add(new ObjectRead.Condition(
                                each.path("type").asText(),
                                each.path("status").asText(),
                                each.path("reason").asText(),
                                each.path("message").asText(),
                                since))));
        return conditions;
    }

    private static Optional<Instant> since(JsonNode condition) {
        try {
            return Optional.of(
                    Instant.parse(condition.path("lastTransitionTime").asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void add(ArrayNode conditions, List<ObjectRead.Condition> before, Shown next) {
        Instant since = before.stream()
                .filter(each -> each.type().equals(next.type()) && each.status().equals(next.status()))
                .map(ObjectRead.Condition::since)
                .findFirst()
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
        String message = next.message();
        conditions
                .addObject()
                .put("type", next.type())
                .put("status", next.status())
                .put("reason", next.reason())
                .put("message", message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE))
                .put("lastTransitionTime", since.toString());
    }

    private static Shown ready(boolean ready, String reason, String message) {
        return new Shown(READY, ready ? "True" : "False", reason, message);
    }

    private record Shown(String type, String status, String reason, String message) {}

    private static final class VolumeView {
        static String node(Attachment attachment) {
            return attachment.node().value();
        }

        static Shown attached(Volume volume) {
            return volume.attachment()
                    .map(attachment -> new Shown("Attached", "True", "Published", "to node " + node(attachment)))
                    .orElse(new Shown("Attached", "False", "NotPublished", ""));
        }
    }
}
