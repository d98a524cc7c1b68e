package io.drover.core.resources;

import static io.drover.core.resources.Schema.bytes;
import static io.drover.core.resources.Schema.flag;
import static io.drover.core.resources.Schema.list;
import static io.drover.core.resources.Schema.object;
import static io.drover.core.resources.Schema.optional;
import static io.drover.core.resources.Schema.required;
import static io.drover.core.resources.Schema.text;
import static io.drover.core.resources.Schema.time;

import java.util.List;

/** The definition of hosts: what their owner wants, and what they report. */
final class StorageNodeDefinition {
    private static final int LONGEST_IDENTITY = 128;
    private static final int MOST_DISKS = 64;

    private StorageNodeDefinition() {}

    static Definition storageNode() {
        Schema spec = object(
                        "What its owner wants.",
                        optional(
                                "disks",
                                list("Disks to use, beside those of the chart's values.", wantedDisk())
                                        .ofAtMost(MOST_DISKS)
                                        .keyedBy("path")),
                        optional(
                                "schedulable",
                                flag("Whether new volumes may be placed on it; what is there stays.")
                                        .by(true)),
                        optional(
                                "tags",
                                list("That a StorageClass' nodeSelector can ask for.", text(""))
                                        .ofAtMost(MOST_DISKS)))
                .byNothing();
        Schema status = Definitions.status(
                optional("address", text("By which its agent was last reached.")),
                optional("ready", flag("Whether it answers.")),
                optional("reason", text("One word.")),
                optional("message", text("")),
                optional("disks", list("That it has.", seenDisk())),
                optional("seenAt", time("When it last answered.")));
        return new Definition(
                        Kind.STORAGE_NODE,
                        "dnode",
                        Definitions.of(
                                "A host that keeps volumes. Drover makes it; its spec is yours to edit.", spec, status))
                .column("Ready", "boolean", ".status.ready")
                .column("Schedulable", "boolean", ".spec.schedulable")
                .column("Address", "string", ".status.address")
                .column("Seen", "date", ".status.seenAt")
                .wideColumn("Reason", "string", ".status.reason")
                .wideColumn("Message", "string", ".status.message");
    }

    private static Schema wantedDisk() {
        return object(
                "",
                optional("name", text("By which people call it; without it the last part of the path.")),
                required(
                        "path",
                        text("A directory or a block device.")
                                .atMost(4096)
                                .rule("self.startsWith('/')", "a disk's path begins with a slash")),
                optional(
                        "tags",
                        list("That a StorageClass' diskSelector can ask for.", text(""))
                                .ofAtMost(MOST_DISKS)),
                optional("size", bytes("Bytes of the image file, where there has to be one.")),
                optional(
                        "engine",
                        Schema.choice(
                                "Without it what is there already, or the program's choice.", List.of("btrfs", "xfs"))),
                optional(
                        "adopt",
                        identity(
                                "Identity (uuid) of a disk of another installation that is there, to take it over with its volumes.")),
                optional("forget", identity("Identity (uuid) of the disk that was there and will not come back.")));
    }

    /** One that cannot be an identity would make the object unreadable. */
    private static Schema identity(String description) {
        return text(description)
                .atMost(LONGEST_IDENTITY)
                .matching("^[A-Za-z0-9][A-Za-z0-9._-]*$")
                .rule("!self.contains('..')", "an identity has no two dots in a row");
    }

    private static Schema seenDisk() {
        return object(
                "",
                required("name", text("")),
                required("path", text("")),
                optional("uuid", text("Absent if it could not be opened.")),
                required("capacity", bytes("Bytes of its file system.")),
                required("available", bytes("Bytes of it.")),
                required("provisioned", bytes("Sum of the sizes of the volumes on it.")),
                optional("problem", text("Absent if it can be used.")));
    }
}
