package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockMap;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.VolumeConfiguration;

/** Whether a backup can be restored. */
final class BackupChecks {
    private BackupChecks() {}

    /**
     * Refuses whatever would restore to something else than the volume was.
     *
     * @param name as it was asked for
     * @throws StorageException NOT_READY if it is in progress; CORRUPT or UNSUPPORTED with what is wrong
     */
    static RestorableBackup require(VolumeConfiguration volume, String name, BackupConfiguration backup) {
        String what = "backup " + name + " of volume " + volume.name();
        requireNames(volume.name(), name, backup);
        if (!backup.isComplete()) {
            throw StorageException.notReady(
                    what
                            + " is in progress, or was interrupted; wait for it, make it again under the same name, or delete it");
        }
        if (!backup.singleFile().isEmpty()) {
            throw StorageException.unsupported(
                    what + " is one single file and has no blocks; restore it with what made it");
        }
        try {
            BlockSize blockSize = backup.blockSize();
            Compression compression = backup.compression();
            requireWithin(volume, backup.blocks(), blockSize);
            requireAll(backup, blockSize);
            return new RestorableBackup(volume, backup, blockSize, compression);
        } catch (StorageException e) {
            ErrorCode code = e.code() == ErrorCode.UNSUPPORTED ? ErrorCode.UNSUPPORTED : ErrorCode.CORRUPT;
            throw new StorageException(
                    code, what + " cannot be restored: " + e.getMessage() + "; choose another backup", e);
        }
    }

    /** The names inside are never trusted as paths; if they differ from where the file lies, something was mixed up. */
    static void requireNames(String volume, String name, BackupConfiguration backup) {
        if (!backup.name().equals(name) || !backup.volume().equals(volume)) {
            throw StorageException.corrupt("backup " + name + " of volume " + volume
                    + " is damaged: its configuration is that of backup \"" + backup.name() + "\" of volume \""
                    + backup.volume() + "\"; put the right file there, or choose another backup");
        }
    }

    /** A map that lost entries would be restored with zeros in their place. */
    private static void requireAll(BackupConfiguration backup, BlockSize blockSize) {
        long named = (long) backup.blocks().size() * blockSize.bytes();
        if (backup.size() > named) {
            throw StorageException.corrupt(
                    "its configuration says " + backup.size() + " bytes, and names blocks of " + named);
        }
    }

    private static void requireWithin(VolumeConfiguration volume, BlockMap blocks, BlockSize blockSize) {
        if (volume.size() == 0) {
            throw StorageException.corrupt("the store says that the volume has no bytes");
        }
        if (!blockSize.divides(volume.size())) {
            throw StorageException.corrupt(
                    "the volume's " + volume.size() + " bytes are no multiple of the blocks' " + blockSize.bytes());
        }
        for (int i = 0; i < blocks.size(); i++) {
            long offset = blocks.offset(i);
            if (offset < 0 || !blockSize.divides(offset)) {
                throw StorageException.corrupt(
                        "a block lies at offset " + offset + ", which is no multiple of " + blockSize.bytes());
            }
            if (offset > volume.size() - blockSize.bytes()) {
                throw StorageException.corrupt(
                        "a block lies at offset " + offset + ", beyond the volume's " + volume.size() + " bytes");
            }
        }
    }
}
