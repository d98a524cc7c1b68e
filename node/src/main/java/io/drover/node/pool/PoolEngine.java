package io.drover.node.pool;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import java.nio.file.Path;
import java.util.List;

/**
 * What a copy-on-write file system does for replicas. A <em>home</em> is a directory (on btrfs a subvolume) that holds one sparse file,
 * {@link #IMAGE}. Homes are independent of each other whatever was cloned from what, and may be deleted in any order.
 *
 * <p>A home may be renamed by its owner with rename(2) or renameat2(2), within its parent directory only: a read-only subvolume does not
 * move to another parent. All methods block. No method is to be called twice at once for one home; different homes are free.
 */
public interface PoolEngine {
    /** The name of the file in a home. */
    String IMAGE = "image";

    /** The image of a home. */
    static Path image(Path home) {
        return home.resolve(IMAGE);
    }

    /** {@code btrfs} or {@code xfs}: as written to the disk's identity file. */
    String name();

    /**
     * Makes a home with an image of zeros that takes no space. Durable when this returns. If it fails, nothing is left; if the process
     * ends here, a partial home may be left: delete it and call again.
     *
     * @param home does not exist; its parent does
     * @throws StorageException EXISTS_DIFFERENT if there is anything of that name, NO_SPACE, UNAVAILABLE if the disk refuses
     */
    void createHome(Path home, ByteSize size);

    /**
     * Makes a home with the same content. The content is of one moment and crash-consistent, also while the image is written to through
     * a loop device: whatever was flushed before the call is in it. Durable when this returns; otherwise as {@link #createHome}.
     *
     * @param from may be read-only
     * @param to does not exist; on the same file system
     * @param readOnly whether the clone will never change (a snapshot)
     * @throws StorageException NOT_FOUND if there is no such source, EXISTS_DIFFERENT, NO_SPACE, UNAVAILABLE
     */
    void cloneHome(Path from, Path to, boolean readOnly);

    /**
     * Removes a home, read-only and partial ones too. One that is absent is no error. The name is gone when this returns (durably once
     * the file system commits); the space comes back after it: on btrfs within its
     * commit interval, 30 seconds unless mounted otherwise.
     *
     * @throws StorageException IN_USE if the kernel says that it is in use, UNAVAILABLE
     */
    void deleteHome(Path home);

    /**
     * Makes the image larger; the rest reads as zeros. Durable when this returns. An image of that size already is no error.
     *
     * @throws StorageException OUT_OF_RANGE if the image is larger already, NOT_FOUND
     */
    void grow(Path home, ByteSize size);

    /** The size of the image. */
    ByteSize size(Path home);

    /** The space that the image takes. */
    PoolUsage usage(Path home);

    /**
     * The ranges of the image that hold data: sorted, adjacent ones merged, {@code zero} false, ending at the image's end. Everything
     * outside reads as zeros; inside there may be zeros too.
     */
    List<ByteRange> allocated(Path home);

    /**
     * Where the content of {@code home} differs from that of {@code base}: sorted, adjacent ones of a kind merged, ending at the end of
     * {@code home}. Every byte that differs is in a range; bytes in a range may be equal all the same. {@code zero} ranges held data in
     * the base and read as zeros now. Where {@code home} is larger than its base, the base counts as zeros. Both homes are not written
     * to meanwhile (read-only, or detached). No data is read.
     *
     * @throws StorageException NOT_FOUND, UNAVAILABLE if the file system moves its data about all the time (a balance)
     */
    List<ByteRange> changed(Path base, Path home);
}
