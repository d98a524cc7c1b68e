package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFacts;
import io.drover.core.model.BackupFailure;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.ByteSize;
import io.drover.core.model.VolumeId;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of backups and of their targets. */
final class BackupFormat {
    private BackupFormat() {}

    static void write(Backup backup, ObjectNode spec, ObjectNode status) {
        spec.put("volume", backup.id().volume().value());
        spec.put("backup", backup.id().name());
        if (!backup.target().isEmpty()) {
            spec.put("target", backup.target());
        }
        spec.put("targetUrl", backup.targetUrl());
        spec.put("origin", Words.text(backup.origin()));
        if (!backup.snapshot().isEmpty()) {
            spec.put("snapshot", backup.snapshot());
        }
        spec.put("mode", Words.text(backup.mode()));
        if (!backup.labels().isEmpty()) {
            ObjectNode labels = spec.putObject("labels");
            new TreeMap<>(backup.labels()).forEach(labels::put);
        }
        status.put("state", Words.text(backup.state()));
        status.put("size", backup.size().bytes());
        status.put("snapshotAt", backup.snapshotAt().toString());
        backup.facts()
                .ifPresent(facts -> status.putObject("facts")
                        .put("storedBytes", facts.storedBytes())
                        .put("newlyUploadedBytes", facts.newlyUploadedBytes())
                        .put("incremental", facts.incremental()));
        backup.failure()
                .ifPresent(failure -> status.putObject("failure")
                        .put("code", Words.text(failure.code()))
                        .put("message", failure.message()));
        backup.completedAt().ifPresent(time -> status.put("completedAt", time.toString()));
    }

    static Backup read(Instant createdAt, Document spec, Document status) {
        return new Backup(
                new BackupId(new VolumeId(spec.text("volume")), spec.text("backup")),
                spec.optionalText("target").orElse(""),
                spec.text("targetUrl"),
                status.word("state", BackupState.class),
                spec.word("origin", BackupOrigin.class),
                spec.optionalText("snapshot").orElse(""),
                spec.word("mode", BackupMode.class),
                spec.textMap("labels"),
                new ByteSize(status.integer("size")),
                status.instant("snapshotAt"),
                status.optionalObject("facts").map(BackupFormat::facts),
                status.optionalObject("failure").map(BackupFormat::failure),
                createdAt,
                status.optionalInstant("completedAt"));
    }

    static void write(BackupTarget target, ObjectNode spec, ObjectNode status) {
        spec.put("url", target.url());
        if (!target.credentials().isEmpty()) {
            spec.put("credentials", target.credentials());
        }
        target.report()
                .ifPresent(report -> status.put("available", report.available())
                        .put("reason", report.reason())
                        .put("message", report.message())
                        .put("checkedAt", report.checkedAt().toString()));
    }

    static BackupTarget readTarget(String name, Instant createdAt, Document spec, Optional<Document> status) {
        // "credentialSecret" is how manifests that were written for Longhorn call it.
        String credentials = spec.optionalText("credentials").orElse("");
        String secret = spec.optionalText("credentialSecret").orElse(credentials);
        return new BackupTarget(name, spec.text("url"), secret, status.map(BackupFormat::report), createdAt);
    }

    private static BackupTarget.TargetReport report(Document status) {
        return new BackupTarget.TargetReport(
                status.bool("available"), status.text("reason"), status.text("message"), status.instant("checkedAt"));
    }

    private static BackupFacts facts(Document facts) {
        BackupFacts read = new BackupFacts(
                facts.integer("storedBytes"), facts.integer("newlyUploadedBytes"), facts.bool("incremental"));
        facts.end();
        return read;
    }

    private static BackupFailure failure(Document failure) {
        BackupFailure read = new BackupFailure(failure.word("code", ErrorCode.class), failure.text("message"));
        failure.end();
        return read;
    }
}
