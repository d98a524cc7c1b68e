package io.drover.controller.mover;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Long work of a mover, as it stands.
 *
 * @param node whose mover does it
 * @param id the same for the same kind, target, volumes and backup
 * @param volume as the store names it
 * @param intoVolume the new volume of a restore, else empty
 * @param progress how far it is
 * @param failure if FAILED
 * @param message what it does or waits for
 * @param result of a BACKUP that is DONE
 * @param badBlocks that a VERIFICATION found, perhaps not all
 * @param badBlockCount all
 */
public record Transfer(
        NodeId node,
        String id,
        Kind kind,
        State state,
        String volume,
        String backup,
        String intoVolume,
        Progress progress,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<ErrorCode> failure,
        String message,
        Optional<StoredBackup> result,
        List<BadBlock> badBlocks,
        long badBlockCount) {
    /** What is done. */
    public enum Kind {
        BACKUP,
        RESTORE,
        DELETION,
        VERIFICATION
    }

    /** Where it stands. */
    public enum State {
        /** For its turn on this host. */
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        public boolean isEnded() {
            return this == DONE || this == FAILED || this == CANCELLED;
        }
    }

    /**
     * Bytes, each from 0.
     *
     * @param total of blocks to look at; 0 = not known yet
     * @param done of those
     * @param sent over the network, compressed, either way
     * @param read from the snapshot
     * @param requests to the store, not bytes
     */
    public record Progress(long total, long done, long sent, long read, long requests) {
        /** For messages: {@code 40 % of 10Gi}. */
        @Override
        public String toString() {
            return total == 0 ? "just begun" : done * 100 / total + " % of " + new io.drover.core.model.ByteSize(total);
        }
    }

    /** A block that is not what its name says. */
    public record BadBlock(long offset, String checksum, String problem) {}

    public Transfer {
        badBlocks = List.copyOf(badBlocks);
    }

    /**
     * Why it ended without success.
     *
     * @param operation such as {@code back volume v up}
     */
    public StorageException failed(String operation) {
        return state == State.CANCELLED
                ? StorageException.notReady("cannot " + operation + ": it was cancelled; call again to continue")
                : new StorageException(failure.orElse(ErrorCode.INTERNAL), "cannot " + operation + ": " + message);
    }
}
