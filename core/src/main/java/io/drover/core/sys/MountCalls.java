package io.drover.core.sys;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** mount(2), umount2(2) and the table of mounts. None of these calls runs a helper program. */
public interface MountCalls {
    /**
     * Mounts a file system.
     *
     * @param source a block device; for a virtual file system any word
     * @param target an existing directory
     * @param data the file system's own options, comma-separated; may be empty
     * @throws SystemCallException EBUSY if the target is in use by this source already, EINVAL if the content or an option is wrong
     */
    void mount(String source, Path target, String type, Set<MountFlag> flags, String data);

    /**
     * Mounts a directory or a file (a device node, for instance) at a second place. The flags other than RECURSIVE are applied by a
     * second call, since the kernel ignores them in the first; if that fails, the bind mount is undone.
     *
     * @param target exists, and is of the same kind as the source
     */
    void bind(Path source, Path target, Set<MountFlag> flags);

    /** Changes the flags of a mount ({@code bind} true: of this mount only; false: of the file system, with its options). */
    void remount(Path target, boolean bind, Set<MountFlag> flags, String data);

    /** Changes how mounts below the target spread. */
    void propagation(Path target, Propagation propagation, boolean recursive);

    /**
     * Unmounts the topmost mount at the target.
     *
     * @throws SystemCallException EINVAL if nothing is mounted there, EBUSY if it is in use, ENOENT if there is no such path
     */
    void unmount(Path target, Set<UnmountFlag> flags);

    /** All mounts that this process sees, in the order of the kernel: of two at one target the later hides the earlier. */
    List<Mount> mounts();
}
