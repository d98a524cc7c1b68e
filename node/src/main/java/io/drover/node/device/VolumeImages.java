package io.drover.node.device;

import io.drover.core.error.StorageException;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the data of volumes lies on this host. The replicas know; this is what devices and staging need of them. */
public interface VolumeImages {
    /**
     * The head image of a volume on a disk.
     *
     * @throws StorageException NOT_FOUND if the disk has no such volume, UNAVAILABLE if the disk is not there or not usable
     */
    VolumeImage head(DiskId disk, VolumeId volume);

    /**
     * The head image of a volume on whichever disk has it, or empty if surely none has.
     *
     * @throws StorageException UNAVAILABLE if it is on none of the usable disks and a known disk is not usable now
     */
    Optional<VolumeImage> find(VolumeId volume);

    /** The logical block size that the device on an image has to have. */
    BlockBytes blockBytes(VolumeImage image);

    /** The roots of all disks that are known, usable or not: below them lie the images. */
    List<Path> roots();
}
