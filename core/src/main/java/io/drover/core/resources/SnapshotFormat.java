package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.GroupId;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.VolumeId;
import java.time.Instant;
import java.util.TreeMap;

/** The fields of snapshots and of groups of them. */
final class SnapshotFormat {
    private SnapshotFormat() {}

    static void write(Snapshot snapshot, ObjectNode spec, ObjectNode status) {
        spec.put("volume", snapshot.id().volume().value());
        spec.put("snapshot", snapshot.id().name());
        spec.put("origin", Words.text(snapshot.origin()));
        snapshot.group().ifPresent(group -> spec.put("group", group.value()));
        if (!snapshot.labels().isEmpty()) {
            ObjectNode labels = spec.putObject("labels");
            new TreeMap<>(snapshot.labels()).forEach(labels::put);
        }
        status.put("state", Words.text(snapshot.state()));
        status.put("size", snapshot.size().bytes());
    }

    static Snapshot read(Instant createdAt, Document spec, Document status) {
        return new Snapshot(
                new SnapshotId(new VolumeId(spec.text("volume")), spec.text("snapshot")),
                status.word("state", SnapshotState.class),
                spec.word("origin", SnapshotOrigin.class),
                new ByteSize(status.integer("size")),
                spec.optionalText("group").map(GroupId::new),
                spec.textMap("labels"),
                createdAt);
    }

    static void write(SnapshotGroup group, ObjectNode spec, ObjectNode status) {
        ArrayNode members = spec.putArray("members");
        group.members().forEach(member -> members.add(member.handle()));
        status.put("state", Words.text(group.state()));
    }

    static SnapshotGroup readGroup(String name, Instant createdAt, Document spec, Document status) {
        return new SnapshotGroup(
                new GroupId(name),
                status.word("state", SnapshotState.class),
                spec.texts("members").stream().map(SnapshotId::ofHandle).toList(),
                createdAt);
    }
}
