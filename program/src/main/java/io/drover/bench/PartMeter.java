package io.drover.bench;

import io.drover.core.time.Pause;
import io.drover.snapshotter.target.NfsMounts;
import io.drover.snapshotter.target.S3Timing;
import io.drover.snapshotter.target.TargetAddress;
import io.drover.snapshotter.target.TargetCredentials;
import io.drover.snapshotter.target.TargetFiles;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.transfer.FirstFailure;
import io.drover.snapshotter.transfer.Limits;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Times the mover's own parts one by one, in this process. */
final class PartMeter {
    private static final double MIB = 1 << 20;

    private final int blocks;
    private final int blockBytes;

    /** For so many blocks. */
    PartMeter(int blocks, int blockBytes) {
        this.blocks = blocks;
        this.blockBytes = blockBytes;
    }

    /** What one thread does with one block after the other, in MiB per second. */
    double oneByOne(IntConsumer work) {
        long begin = System.nanoTime();
        for (int block = 0; block < blocks; block++) {
            work.accept(block);
        }
        return speed(System.nanoTime() - begin);
    }

    /** What as many threads do as a transfer has requests in flight, in MiB per second. */
    double inFlight(IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        FirstFailure failure = new FirstFailure();
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Limits.DEFAULT.requests(); i++) {
                threads.execute(() -> {
                    try {
                        for (int block = next.getAndIncrement();
                                block < blocks && !failure.happened();
                                block = next.getAndIncrement()) {
                            work.accept(block);
                        }
                    } catch (RuntimeException e) {
                        failure.note("cannot measure a part", e);
                    }
                });
            }
        }
        failure.throwIfHappened();
        return speed(System.nanoTime() - begin);
    }

    private double speed(long nanos) {
        return blocks * (double) blockBytes / MIB / (nanos / 1e9);
    }

    /** The mover's own client of a target. */
    static TargetFiles open(String url, Map<String, String> credentials) {
        return new TargetOpener(
                        NfsMounts.NONE, Map.of(), S3Timing.USUAL, Clock.systemUTC(), Pause.SLEEP, System::nanoTime)
                .open(TargetAddress.parse(url), TargetCredentials.of(credentials));
    }
}
