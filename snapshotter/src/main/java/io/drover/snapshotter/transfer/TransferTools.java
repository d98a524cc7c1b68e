package io.drover.snapshotter.transfer;

import io.drover.core.fault.FaultPoints;
import io.drover.core.time.Pause;
import io.drover.snapshotter.image.SnapshotImages;
import io.drover.snapshotter.lock.StoreLocks;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What every transfer of this process works with.
 *
 * @param nanoTime as {@code System::nanoTime}
 */
public record TransferTools(
        StoreLocks locks, SnapshotImages images, Clock clock, LongSupplier nanoTime, Pause pause, FaultPoints faults) {
    /** For one transfer. */
    public Bandwidth bandwidth(Limits limits) {
        return new Bandwidth(limits.bytesPerSecond(), nanoTime, pause);
    }
}
