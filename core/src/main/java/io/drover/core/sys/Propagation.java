package io.drover.core.sys;

/** Whether mounts made below a mount appear in its copies, in other mount namespaces above all (mount_namespaces(7)). */
public enum Propagation {
    PRIVATE(1 << 18),
    SLAVE(1 << 19),
    SHARED(1 << 20),
    UNBINDABLE(1 << 17);

    private final long bits;

    Propagation(long bits) {
        this.bits = bits;
    }

    long bits() {
        return bits;
    }
}
