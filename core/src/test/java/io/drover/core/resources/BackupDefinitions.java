package io.drover.core.resources;

import static io.drover.core.resources.Schema.bytes;
import static io.drover.core.resources.Schema.flag;
import static io.drover.core.resources.Schema.object;
import static io.drover.core.resources.Schema.optional;
import static io.drover.core.resources.Schema.required;
import static io.drover.core.resources.Schema.text;
import static io.drover.core.resources.Schema.time;
import static io.drover.core.resources.Schema.word;

import io.drover.core.error.ErrorCode;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;

/** The definitions of backups, which Drover writes, and of their targets, which people write. */
final class BackupDefinitions {
    private static final int LONGEST_URL = 2048;

    private BackupDefinitions() {}

    static Definition backup() {
        Schema spec = object(
                "",
                required("volume", text("The volume, as the store names it.")),
                required("backup", text("Its name, unique among the backups of the volume.")),
                optional("target", text("The BackupTarget; none if only an address was given.")),
                required("targetUrl", text("Where it lies.")),
                required(
                        "origin",
                        word(
                                "Who asked for it; Foreign: somebody else, and it was found in the target.",
                                BackupOrigin.class)),
                optional("snapshot", text("The local snapshot that is uploaded.")),
                required("mode", word("", BackupMode.class)),
                optional("labels", Definitions.labels("Stored with it.")));
        Schema status = Definitions.status(
                optional("state", word("", BackupState.class)),
                optional("size", bytes("Bytes of the volume when the snapshot was taken.")),
                optional("snapshotAt", time("When that was.")),
                optional(
                        "facts",
                        object(
                                "What came out of the upload.",
                                required("storedBytes", bytes("Of its blocks, before compression.")),
                                required(
                                        "newlyUploadedBytes",
                                        bytes("Of blocks that the store did not have, compressed.")),
                                required("incremental", flag("")))),
                optional(
                        "failure",
                        object(
                                "Of the latest attempt.",
                                required("code", word("", ErrorCode.class)),
                                required("message", text("")))),
                optional("completedAt", time("When everything was stored.")));
        return new Definition(
                        Kind.BACKUP,
                        "dbak",
                        Definitions.of(
                                "A backup. Written by Drover; make one with a VolumeSnapshot or a RecurringJob.",
                                spec,
                                status))
                .column("Volume", "string", ".spec.volume")
                .column("Target", "string", ".spec.target")
                .column("State", "string", ".status.state")
                .column("Size", "string", ".status.summary.size")
                .column("Completed", "date", ".status.completedAt")
                .wideColumn("Origin", "string", ".spec.origin")
                .wideColumn("Mode", "string", ".spec.mode")
                .wideColumn("Problem", "string", ".status.failure.message");
    }

    static Definition target() {
        Schema spec = object(
                        "",
                        required(
                                "url",
                                text("s3://bucket@region/path/, nfs://host:/path[?nfsOptions=…] or file:///path")
                                        .atMost(LONGEST_URL)
                                        .rule(
                                                "self.matches('^(s3|nfs|file|vfs)://[!-~]+$')",
                                                "write s3://bucket@region/path/, nfs://host:/path or file:///path")),
                        optional(
                                "credentials",
                                text("The Secret of this namespace with AWS_ACCESS_KEY_ID and the like; without one, what the"
                                                + " environment gives.")
                                        .atMost(253)),
                        optional(
                                "credentialSecret",
                                text("The same, as Longhorn calls it.").atMost(253)))
                .rule(
                        "!has(self.credentials) || !has(self.credentialSecret) || self.credentials == self.credentialSecret",
                        "credentials and credentialSecret mean the same; write one of them");
        Schema schema = Definitions.of(
                        "A place for backups. The one of the name default serves volumes that name none.",
                        spec,
                        Definitions.status(
                                optional("available", flag("Whether backups can be listed there.")),
                                optional("reason", text("In one word.")),
                                optional("message", text("Why it is not available, in the server's words.")),
                                optional("checkedAt", time("When it was asked."))))
                .rule(
                        "self.metadata.name.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$') && size(self.metadata.name) <= 63",
                        "a target's name has 1 to 63 lower-case letters, digits and inner dashes");
        return new Definition(Kind.BACKUP_TARGET, "dtarget", schema)
                .column("URL", "string", ".spec.url")
                .column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status")
                .column("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason")
                .wideColumn("Credentials", "string", ".spec.credentials")
                .wideColumn("Message", "string", ".status.conditions[?(@.type==\"Ready\")].message");
    }
}
