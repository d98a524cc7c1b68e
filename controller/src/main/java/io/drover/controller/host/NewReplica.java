package io.drover.controller.host;

import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeSource;
import java.util.Optional;

/**
 * A replica to be made.
 *
 * @param size a multiple of {@link ByteSize#STEP}, not below the source's
 * @param source what it is filled with; one for a backup is blank, and filled by a mover
 * @param blockBytes logical block size of its device
 * @param sourceDisk where the source lies; a clone is made on the same disk
 * @param record the volume's record, kept beside the data
 */
public record NewReplica(
        ReplicaAddress address,
        ByteSize size,
        int blockBytes,
        VolumeSource source,
        Optional<DiskId> sourceDisk,
        String record) {}
