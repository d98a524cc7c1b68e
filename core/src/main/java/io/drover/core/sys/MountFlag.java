package io.drover.core.sys;

/** Flags of mount(2) that are not options of a file system (linux/mount.h). */
public enum MountFlag {
    READ_ONLY(1, "ro"),
    NO_SUID(2, "nosuid"),
    NO_DEV(4, "nodev"),
    NO_EXEC(8, "noexec"),
    SYNCHRONOUS(16, "sync"),
    REMOUNT(32, "remount"),
    DIR_SYNC(128, "dirsync"),
    NO_SYMLINK_FOLLOW(256, "nosymfollow"),
    NO_ATIME(1024, "noatime"),
    NO_DIR_ATIME(2048, "nodiratime"),
    BIND(4096, "bind"),
    /** With BIND: what is mounted below the source comes along. */
    RECURSIVE(16384, "rbind"),
    RELATIME(1 << 21, "relatime"),
    STRICT_ATIME(1 << 24, "strictatime"),
    LAZY_TIME(1 << 25, "lazytime");

    private final long bits;
    private final String option;

    MountFlag(long bits, String option) {
        this.bits = bits;
        this.option = option;
    }

    long bits() {
        return bits;
    }

    /** The word that mount(8) has for it. */
    public String option() {
        return option;
    }
}
