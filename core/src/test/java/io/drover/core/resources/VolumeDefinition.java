package io.drover.core.resources;

import static io.drover.core.resources.Schema.bytes;
import static io.drover.core.resources.Schema.flag;
import static io.drover.core.resources.Schema.list;
import static io.drover.core.resources.Schema.object;
import static io.drover.core.resources.Schema.optional;
import static io.drover.core.resources.Schema.required;
import static io.drover.core.resources.Schema.text;
import static io.drover.core.resources.Schema.time;
import static io.drover.core.resources.Schema.whole;
import static io.drover.core.resources.Schema.word;

import io.drover.core.model.AccessMode;
import io.drover.core.model.DataLocality;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.JobTask;
import io.drover.core.model.VolumeState;

/** The definition of volumes. */
final class VolumeDefinition {
    private VolumeDefinition() {}

    static Definition volume() {
        return new Definition(
                        Kind.VOLUME,
                        "dvol",
                        Definitions.of(
                                "A volume. Written by Drover; make one with a PersistentVolumeClaim.",
                                spec(),
                                status()))
                .column("Size", "string", ".status.summary.size")
                .column("State", "string", ".status.state")
                .column("Node", "string", ".status.attachment.node")
                .column("Replicas", "string", ".status.summary.replicas")
                .column("Last Backup", "date", ".metadata.annotations.drover\\.io/last-backup")
                .wideColumn("File System", "string", ".spec.parameters.fsType")
                .wideColumn("Locality", "string", ".spec.parameters.dataLocality")
                .wideColumn("Placed On", "string", ".status.placements[0].node")
                .wideColumn("Epoch", "integer", ".status.epoch");
    }

    private static Schema spec() {
        return object(
                        "What was asked for.",
                        required("size", bytes("Bytes. Grows by the claim.")),
                        required("accessModes", list("", word("", AccessMode.class))),
                        required("blockAllowed", flag("Whether the claim was for a raw device.")),
                        required("mountAllowed", flag("Whether the claim was for a file system.")),
                        optional("source", source()),
                        optional(
                                "blockBytes",
                                whole("Logical block size of its device; 4096 if not said.")
                                        .rule("self == 512 || self == 4096", "a block has 512 or 4096 bytes")),
                        optional(
                                "labels",
                                Definitions.labels("recurring-job.drover.io/<job>: enabled and"
                                        + " recurring-job-group.drover.io/<group>: enabled choose recurring jobs.")),
                        required("parameters", parameters()))
                .rule("self.size >= oldSelf.size", "a volume cannot shrink");
    }

    private static Schema source() {
        return object(
                "What it was filled with; blank if not said.",
                optional("snapshot", text("Handle of a snapshot.")),
                optional("volume", text("The volume that it is a clone of.")),
                optional("backup", text("Handle of a backup.")),
                optional("backupTarget", text("Address of the store that has the backup.")));
    }

    private static Schema parameters() {
        Schema job = object(
                "",
                required("name", text("")),
                required("task", word("", JobTask.class)),
                required("cron", text("")),
                required("retain", whole("")),
                optional("labels", Definitions.labels("")));
        return object(
                "Those of the StorageClass, as in docs/parameters.md.",
                required("numberOfReplicas", whole("").between(1, 20)),
                required("staleReplicaTimeout", text("A duration of ISO 8601.")),
                optional("fromBackup", text("")),
                optional("recurringJobs", list("", job)),
                optional(
                        "recurringJobSelector",
                        list("", object("", required("name", text("")), required("isGroup", flag(""))))),
                required("dataLocality", word("", DataLocality.class, DataLocality::text)),
                required("fsType", word("", FileSystemType.class, FileSystemType::text)),
                optional("mkfsParams", list("", text(""))),
                optional("diskSelector", list("", text(""))),
                optional("nodeSelector", list("", text(""))),
                required("backupTargetName", text("")));
    }

    private static Schema status() {
        return Definitions.status(
                optional("state", word("", VolumeState.class)),
                optional(
                        "placements",
                        list(
                                "Where its replicas are.",
                                object("", required("node", text("")), required("disk", text("The disk's uuid."))))),
                optional("epoch", whole("Of the latest attachment; 0 before the first.")),
                optional(
                        "attachment",
                        object(
                                "Where it is published.",
                                required("node", text("")),
                                required("accessMode", word("", AccessMode.class)),
                                required("block", flag("")),
                                required("readOnly", flag("")),
                                required("epoch", whole("")),
                                required("since", time("")))));
    }
}
