package io.drover.core.resources;

import static io.drover.core.resources.Schema.bytes;
import static io.drover.core.resources.Schema.list;
import static io.drover.core.resources.Schema.object;
import static io.drover.core.resources.Schema.optional;
import static io.drover.core.resources.Schema.required;
import static io.drover.core.resources.Schema.text;
import static io.drover.core.resources.Schema.texts;
import static io.drover.core.resources.Schema.time;
import static io.drover.core.resources.Schema.whole;
import static io.drover.core.resources.Schema.word;

import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The definitions of all kinds. They say what {@link KubernetesFormat} writes and reads, and refuse what a person writes that Drover
 * could not use. What only Drover writes is held by types and enumerations alone: a rule too many there would stop the driver.
 */
final class Definitions {
    private Definitions() {}

    static List<Definition> all() {
        return List.of(
                VolumeDefinition.volume(),
                snapshot(),
                group(),
                BackupDefinitions.backup(),
                BackupDefinitions.target(),
                JobDefinitions.job(),
                JobDefinitions.history(),
                StorageNodeDefinition.storageNode(),
                SettingsDefinition.settings());
    }

    /** The schema of an object. */
    static Schema of(String description, Schema spec, Schema status) {
        return object(
                description,
                optional("apiVersion", text("")),
                optional("kind", text("")),
                optional("metadata", Schema.anyObject()),
                required("spec", spec),
                optional("status", status));
    }

    /** A status, with what every one has. */
    static Schema status(Schema.Field... fields) {
        List<Schema.Field> all = new ArrayList<>(Arrays.asList(fields));
        all.add(optional("createdAt", time("The record's own time; that of the metadata is rounded.")));
        all.add(optional("observedGeneration", whole("The generation of the spec that this status belongs to.")));
        all.add(optional(
                "conditions",
                list(
                                "For people and programs that wait; Drover does not read them.",
                                object(
                                        "",
                                        required("type", text("")),
                                        required("status", Schema.choice("", List.of("True", "False", "Unknown"))),
                                        optional("reason", text("One word.")),
                                        optional("message", text("What is the matter, and the remedy.")),
                                        optional("lastTransitionTime", time("")),
                                        optional("observedGeneration", whole(""))))
                        .keyedBy("type")));
        all.add(optional("summary", texts("Texts for the columns of kubectl.")));
        return object(
                "What Drover decided, and where it stands. Only Drover writes it.", all.toArray(Schema.Field[]::new));
    }

    static Schema labels(String description) {
        return texts(description);
    }

    private static Definition snapshot() {
        Schema spec = object(
                "",
                required("volume", text("The volume that it was taken of, which need not exist any more.")),
                required("snapshot", text("Its name, unique among the snapshots of the volume.")),
                required("origin", word("Who asked for it.", SnapshotOrigin.class)),
                optional("group", text("The group snapshot that it is a member of.")),
                optional("labels", labels("Free; RecurringJob names the job that took it.")));
        Schema status = status(
                optional("state", word("", SnapshotState.class)),
                optional("size", bytes("Bytes of the volume when it was taken.")));
        return new Definition(
                        Kind.SNAPSHOT,
                        "dsnap",
                        of(
                                "A snapshot on the disks of its volume. Written by Drover; take one with a VolumeSnapshot.",
                                spec,
                                status))
                .column("Volume", "string", ".spec.volume")
                .column("State", "string", ".status.state")
                .column("Size", "string", ".status.summary.size")
                .column("Origin", "string", ".spec.origin")
                .wideColumn("Group", "string", ".spec.group")
                .wideColumn("Taken", "string", ".status.createdAt");
    }

    private static Definition group() {
        Schema spec = object("", required("members", list("Handles of its snapshots.", text(""))));
        Schema status = status(optional("state", word("", SnapshotState.class)));
        return new Definition(
                        Kind.GROUP,
                        "dgroup",
                        of("Snapshots of several volumes of one moment. Written by Drover.", spec, status))
                .column("State", "string", ".status.state")
                .column("Members", "string", ".spec.members");
    }
}
