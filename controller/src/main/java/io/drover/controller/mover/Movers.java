package io.drover.controller.mover;

import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * Asks the hosts' movers. The {@code start} methods begin a transfer, continue one that was interrupted or has failed, or report the one
 * that is under way or done, always for the same arguments. All methods block, within a deadline.
 *
 * <p>Errors are {@link StorageException}s with the mover's code. UNAVAILABLE and TIMEOUT mean that nobody knows how far it went. What a
 * store answers comes from any mover alike; a snapshot or a replica only from that of its host.
 */
public interface Movers {
    /** All nodes whose movers take part, in a stable order. Without any there are no backups. */
    List<NodeId> nodes();

    /**
     * Backs a snapshot of this host up.
     *
     * @throws StorageException EXISTS_DIFFERENT if the store has a backup of this name of another snapshot
     */
    Transfer startBackup(NodeId node, BackupOrder order);

    /** Fills the image of a replica of this host. */
    Transfer startRestore(NodeId node, RestoreOrder order);

    /**
     * Removes a backup and the blocks that no other needs. Absent is success.
     *
     * @param remembered names of other backups of the volume that must be there, or no block is removed
     */
    Transfer startDeletion(NodeId node, TargetAccess target, BackupId backup, List<String> remembered);

    /**
     * Reads a backup's blocks.
     *
     * @param samplePercent 1–100
     */
    Transfer startVerification(
            NodeId node, TargetAccess target, BackupId backup, int samplePercent, BackupSettings settings);

    /**
     * How a transfer stands, as soon as it has ended, at the latest after the wait.
     *
     * @throws StorageException NOT_FOUND if this mover does not know it, perhaps since it was started anew
     */
    Transfer transfer(NodeId node, String id, Duration wait);

    /** All that this mover remembers. */
    List<Transfer> transfers(NodeId node);

    /** Ends it soon; what was stored stays. One that has ended, or is not known, is success. */
    void cancel(NodeId node, String id);

    /** All volumes that a store has backups of. */
    List<StoredVolume> volumes(NodeId node, TargetAccess target);

    /** All backups of a volume, by the store's name of it; those in progress or unreadable too. */
    List<StoredBackup> backups(NodeId node, TargetAccess target, String volume);

    /**
     * One backup.
     *
     * @throws StorageException NOT_FOUND only if the store surely has none of that name
     */
    StoredBackup backup(NodeId node, TargetAccess target, BackupId backup);

    /** Tries what a backup needs. A failing step is an answer, not an error. */
    TargetTest test(NodeId node, TargetAccess target);
}
