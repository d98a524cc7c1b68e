package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.VolumeId;
import io.drover.node.device.BlockBytes;
import java.util.Optional;

/**
 * What is to be made.
 *
 * @param size a multiple of {@link ByteSize#STEP}; not smaller than the source's
 * @param source what it is a clone of, on the same disk; empty for zeros
 * @param record to be stored beside the data
 * @param blocks logical block size of its device: that of its source, for a clone
 */
public record NewReplica(ReplicaId id, ByteSize size, Optional<Source> source, String record, BlockBytes blocks) {
    /**
     * Something to clone.
     *
     * @param snapshot empty for the volume's head as it is now
     */
    public record Source(VolumeId volume, Optional<String> snapshot) {
        @Override
        public String toString() {
            return snapshot.map(name -> "snapshot " + volume + "/" + name).orElse("volume " + volume);
        }
    }

    /** With blocks of the usual size. */
    public NewReplica(ReplicaId id, ByteSize size, Optional<Source> source, String record) {
        this(id, size, source, record, BlockBytes.USUAL);
    }

    public NewReplica {
        if (size.bytes() == 0 || !size.equals(size.roundedUp())) {
            throw StorageException.invalid("cannot create replica " + id + ": a size of " + size.bytes()
                    + " bytes is not possible; use a multiple of " + ByteSize.STEP);
        }
    }
}
