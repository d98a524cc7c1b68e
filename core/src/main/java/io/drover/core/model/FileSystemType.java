package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.Locale;

/** The file systems that Drover makes and mounts, with the smallest volume on which their mkfs succeeds with our arguments. */
public enum FileSystemType {
    EXT4(ByteSize.STEP),
    /** mkfs.xfs 5.19 and later refuses less than 300 MiB (xfsprogs, release notes of 5.19). */
    XFS(ByteSize.ofMebi(300)),
    /** mkfs.btrfs names 114,294,784 bytes as its minimum for separate data and metadata (btrfs-progs 6.2). */
    BTRFS(ByteSize.ofMebi(110));

    private final ByteSize minimumSize;

    FileSystemType(ByteSize minimumSize) {
        this.minimumSize = minimumSize;
    }

    public ByteSize minimumSize() {
        return minimumSize;
    }

    /** As blkid, mount and users write it: {@code ext4}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@code ext4}, {@code xfs} or {@code btrfs}.
     *
     * @throws StorageException INVALID for anything else
     */
    public static FileSystemType parse(String text) {
        for (FileSystemType type : values()) {
            if (type.text().equals(text)) {
                return type;
            }
        }
        throw StorageException.invalid(
                "file system \"" + Names.shown(text) + "\" is not known; choose ext4, xfs or btrfs");
    }
}
