package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.Comparator;

/**
 * A backup: the volume under whose name the store keeps it, and its own name. On the wire it is the handle
 * {@code bak://<volume>/<backup>}, which is also Longhorn's.
 *
 * @param volume as the store names it; no volume of this name need exist
 * @param name unique among the backups of the volume
 */
public record BackupId(VolumeId volume, String name) implements Comparable<BackupId> {
    /** Ends a handle that stands for a backup of somebody else's: deleting it deletes nothing. */
    public static final String KEPT = "#kept";

    private static final Comparator<BackupId> ORDER =
            Comparator.comparing(BackupId::volume).thenComparing(BackupId::name);
    private static final String SCHEME = "bak://";
    private static final String OLD_SCHEME = "bs://";
    /** The format's rule for names (backupstore, {@code util.ValidateName}) asks for two characters. */
    private static final int MIN_LENGTH = 2;

    public BackupId {
        requireLength("backup name", Names.require("backup name", name));
        requireLength("volume name", volume.value());
    }

    /** The handle that CSI sees. */
    public String handle() {
        return SCHEME + volume + "/" + name;
    }

    /** The handle of a backup that somebody else made and keeps. */
    public String keptHandle() {
        return handle() + KEPT;
    }

    /** Whether this handle claims to be one of a backup; it may still be malformed. */
    public static boolean isHandle(String handle) {
        return handle.startsWith(SCHEME) || handle.startsWith(OLD_SCHEME);
    }

    /** Whether this handle stands for a backup that must not be deleted with it. */
    public static boolean isKept(String handle) {
        return isHandle(handle) && handle.endsWith(KEPT);
    }

    /**
     * Reads a handle, kept or not.
     *
     * @throws StorageException INVALID if it is not {@code bak://<volume>/<backup>} with valid names; UNSUPPORTED for {@code bs://}
     */
    public static BackupId ofHandle(String handle) {
        if (handle.startsWith(OLD_SCHEME)) {
            throw StorageException.unsupported("backup handle \"" + Names.shown(handle)
                    + "\" is of a form that Longhorn gave up; write bak://<volume>/<backup>");
        }
        String plain = isKept(handle) ? handle.substring(0, handle.length() - KEPT.length()) : handle;
        String rest = plain.startsWith(SCHEME) ? plain.substring(SCHEME.length()) : "";
        int slash = rest.indexOf('/');
        if (slash < 0) {
            throw StorageException.invalid(
                    "backup handle \"" + Names.shown(handle) + "\" is not of the form bak://<volume>/<backup>");
        }
        return new BackupId(new VolumeId(rest.substring(0, slash)), rest.substring(slash + 1));
    }

    private static void requireLength(String kind, String name) {
        if (name.length() < MIN_LENGTH) {
            throw StorageException.invalid(
                    kind + " \"" + name + "\" is too short for a backup; names in a backup store have " + MIN_LENGTH
                            + " characters at least");
        }
    }

    @Override
    public int compareTo(BackupId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return volume + "/" + name;
    }
}
