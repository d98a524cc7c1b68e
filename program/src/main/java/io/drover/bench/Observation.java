package io.drover.bench;

import io.drover.core.rpc.Timestamps;
import io.drover.proto.operations.v1.Transfer;
import java.io.IOException;
import java.time.Duration;

/** The processor times at the beginning of a transfer, for what has come to them at its end. */
final class Observation {
    private final long driver;
    private final long begin = System.nanoTime();
    private final Duration driverCpu;
    private final Duration benchCpu;
    private final Duration allCpu;

    private Observation(long driver) throws IOException {
        ProcessFigures.forgetPeak(driver);
        this.driver = driver;
        this.driverCpu = ProcessFigures.cpu(driver);
        this.benchCpu = ProcessFigures.cpu(self());
        this.allCpu = ProcessFigures.cpuOfAll();
    }

    /** Begins. The driver's peak of memory begins anew. */
    static Observation begin(long driver) throws IOException {
        return new Observation(driver);
    }

    /** Ends. */
    TransferFigures end(Transfer transfer) throws IOException {
        double observed = (System.nanoTime() - begin) / 1e9;
        double all = seconds(ProcessFigures.cpuOfAll().minus(allCpu));
        double cpu = seconds(ProcessFigures.cpu(driver).minus(driverCpu));
        double bench = seconds(ProcessFigures.cpu(self()).minus(benchCpu));
        Duration taken =
                Duration.between(Timestamps.instant(transfer.getStarted()), Timestamps.instant(transfer.getEnded()));
        return new TransferFigures(
                transfer,
                seconds(taken),
                cpu,
                bench,
                Math.max(0, all - cpu - bench),
                observed,
                ProcessFigures.peakBytes(driver));
    }

    private static long self() {
        return ProcessHandle.current().pid();
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
