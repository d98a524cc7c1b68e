package io.drover.controller.volume;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeSource;
import java.util.Map;
import java.util.Optional;

/** Where the content of restored volumes comes from. Credentials are for the call only. */
public interface Restores {
    /**
     * What a restore has to know beforehand.
     *
     * @param source with the URL of the store
     * @param size of the volume that was backed up
     * @param blockBytes logical block size that its image was made for
     * @param fileSystem what it carries, if that is known
     */
    record Origin(VolumeSource.FromBackup source, ByteSize size, int blockBytes, Optional<FileSystemType> fileSystem) {}

    /**
     * Looks the backup up in its store, or in the known ones.
     *
     * @throws StorageException NOT_FOUND if there surely is none, NOT_READY while it is being made, CORRUPT if it cannot be restored;
     *     UNAVAILABLE and the like if a store does not answer
     */
    Origin find(VolumeSource.FromBackup wanted, Map<String, String> credentials);

    /**
     * Fills the volume's new replica. Blocks for a while. Calling again continues, and after success does nothing.
     *
     * @throws StorageException NOT_READY with the progress while it is under way; after any other code than those of {@link Retry}
     *     nobody writes to the replica
     */
    void fill(Volume volume, Map<String, String> credentials);

    /**
     * Sees to it that nobody writes to the replica any more.
     *
     * @throws StorageException NOT_READY as long as somebody does
     */
    void stop(Volume volume);
}
