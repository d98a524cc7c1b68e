package io.drover.controller.metadata;

import io.drover.controller.host.Hosts;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import java.util.List;
import java.util.Optional;

/** Tells allocated and changed ranges of snapshots. */
public final class ChangedBlocks {
    /** Ranges in one message where the caller sets no limit: some 20 KiB. */
    private static final int DEFAULT_RESULTS = 1024;

    private static final int MAX_RESULTS = 16 * DEFAULT_RESULTS;

    private final VolumeRecords records;
    private final Hosts hosts;

    public ChangedBlocks(VolumeRecords records, Hosts hosts) {
        this.records = records;
        this.hosts = hosts;
    }

    /** Where the ranges go. May block, and may throw to end the call. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * The next ranges, ascending, not touching; perhaps none.
         *
         * @param capacity of the snapshot, the same each time
         */
        void accept(ByteSize capacity, List<ByteRange> ranges);
    }

    /**
     * How to answer.
     *
     * @param from ranges end behind it; one across it is cut
     * @param maxResults ranges in one message; 0 = as we like
     */
    public record Window(long from, int maxResults) {
        public Window {
            if (maxResults < 0) {
                throw StorageException.invalid(
                        "max_results must not be negative: " + maxResults + "; 0 means no limit");
            }
        }

        private int batch() {
            return maxResults == 0 ? DEFAULT_RESULTS : Math.min(maxResults, MAX_RESULTS);
        }
    }

    /**
     * Hands over the ranges that were ever written and not freed.
     *
     * @throws StorageException NOT_FOUND without the snapshot, OUT_OF_RANGE if the window begins outside of it
     */
    public void allocated(SnapshotId id, Window window, Receiver receiver) {
        stream(ready(id), Optional.empty(), window, receiver);
    }

    /**
     * Hands over the ranges in which the target differs from the base: written or freed in between.
     *
     * @throws StorageException NOT_FOUND without one of them, INVALID if they are of different volumes or in the wrong order,
     *     OUT_OF_RANGE if the window begins outside of the target
     */
    public void delta(SnapshotId baseId, SnapshotId targetId, Window window, Receiver receiver) {
        Snapshot base = ready(baseId);
        Snapshot target = ready(targetId);
        if (!baseId.volume().equals(targetId.volume())) {
            throw StorageException.invalid("snapshots " + baseId + " and " + targetId
                    + " are of different volumes; compare snapshots of one volume");
        }
        if (base.createdAt().isAfter(target.createdAt())) {
            throw StorageException.invalid(
                    "snapshot " + baseId + " is younger than " + targetId + "; give the older one as base");
        }
        if (baseId.equals(targetId)) {
            requireInside(target, window);
            receiver.accept(target.size(), List.of());
            return;
        }
        stream(target, Optional.of(baseId.name()), window, receiver);
    }

    private void stream(Snapshot snapshot, Optional<String> base, Window window, Receiver receiver) {
        requireInside(snapshot, window);
        RangeBatch batch = new RangeBatch(window.batch(), ranges -> receiver.accept(snapshot.size(), ranges));
        hosts.extents(replicaOf(snapshot), snapshot.id().name(), base, window.from(), batch::add);
        batch.end();
    }

    private Snapshot ready(SnapshotId id) {
        Snapshot snapshot = records.snapshot(id)
                .filter(found -> found.state() != SnapshotState.DELETING)
                .orElseThrow(() -> StorageException.notFound("snapshot", id.handle()));
        if (snapshot.state() == SnapshotState.CREATING) {
            throw StorageException.notReady("snapshot " + id + " is still being taken; call again later");
        }
        return snapshot;
    }

    private static void requireInside(Snapshot snapshot, Window window) {
        if (window.from() < 0 || window.from() > snapshot.size().bytes()) {
            throw StorageException.outOfRange("the starting offset " + window.from() + " is outside of snapshot "
                    + snapshot.id() + ", which has " + snapshot.size().bytes() + " bytes");
        }
    }

    private ReplicaAddress replicaOf(Snapshot snapshot) {
        Volume volume = records.find(snapshot.id().volume())
                .orElseThrow(() -> StorageException.corrupt("snapshot " + snapshot.id()
                        + " is recorded but its volume's record is gone; nobody knows where it lies"));
        return ReplicaAddress.of(volume).getFirst();
    }
}
