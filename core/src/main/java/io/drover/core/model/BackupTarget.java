package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The record of a place for backups. Its credentials lie elsewhere.
 *
 * @param name as StorageClasses and VolumeSnapshotClasses write it; {@value #DEFAULT} is that of volumes that name none
 * @param url {@code s3://…}, {@code nfs://…}, {@code file:///…}
 * @param credentials the name under which they are kept, or empty for none
 * @param report what it answered last; empty until it was asked
 */
public record BackupTarget(
        String name, String url, String credentials, Optional<TargetReport> report, Instant createdAt)
        implements Resource {
    public static final String DEFAULT = "default";

    private static final int MAX_LENGTH = 63;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    public BackupTarget {
        if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
            throw StorageException.invalid(
                    "the name \"" + Names.shown(name) + "\" is not possible for a backup target; use 1 to " + MAX_LENGTH
                            + " lower-case letters, digits and inner dashes");
        }
    }

    /** One that was not asked yet. */
    public BackupTarget(String name, String url, String credentials, Instant createdAt) {
        this(name, url, credentials, Optional.empty(), createdAt);
    }

    public BackupTarget withReport(TargetReport next) {
        return new BackupTarget(name, url, credentials, Optional.of(next), createdAt);
    }

    /**
     * How a target is.
     *
     * @param available whether backups can be listed there
     * @param reason one word in CamelCase
     * @param message why not, in the server's own words, and what to do; empty if it is
     * @param checkedAt when it was asked
     */
    public record TargetReport(boolean available, String reason, String message, Instant checkedAt) {}

    @Override
    public String key() {
        return name;
    }
}
