package io.drover.core.sys;

/** Flags of umount2(2). */
public enum UnmountFlag {
    FORCE(1),
    /** Takes the mount out of the tree at once, the file system ends when its last user does. */
    DETACH(2),
    NO_FOLLOW(8);

    private final int bits;

    UnmountFlag(int bits) {
        this.bits = bits;
    }

    int bits() {
        return bits;
    }
}
