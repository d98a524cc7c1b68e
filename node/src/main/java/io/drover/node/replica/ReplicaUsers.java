package io.drover.node.replica;

import io.drover.core.model.VolumeId;
import java.nio.file.Path;

/** Tells who holds a head image, from the kernel's own tables. */
@FunctionalInterface
public interface ReplicaUsers {
    /**
     * Who holds the image now.
     *
     * @param image the head's file
     * @throws io.drover.core.error.StorageException UNAVAILABLE if the kernel does not say: unknown is not free
     */
    ReplicaUse of(VolumeId volume, Path image);

    /** The same for many questions at once, all answered from one look at the kernel's tables. */
    default ReplicaUsers atOnce() {
        return this;
    }
}
