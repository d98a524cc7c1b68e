package io.drover.bench;

import io.drover.proto.operations.v1.Transfer;

/**
 * A backup or restore that was measured.
 *
 * @param transfer at its end
 * @param seconds from its start to its end, by the driver's clock
 * @param cpuSeconds of the driver
 * @param benchCpuSeconds of this process, which is the null server
 * @param otherCpuSeconds of everything else on the machine
 * @param observedSeconds for which processor times were counted
 * @param peakBytes the most that the driver had resident
 */
record TransferFigures(
        Transfer transfer,
        double seconds,
        double cpuSeconds,
        double benchCpuSeconds,
        double otherCpuSeconds,
        double observedSeconds,
        long peakBytes) {
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    /** Of the volume, not of what is sent. */
    double mibPerSecond() {
        return transfer.getTotalBytes() / MIB / seconds;
    }

    double mibPerCoreSecond() {
        return transfer.getTotalBytes() / MIB / cpuSeconds;
    }

    double requestsPerGib() {
        return transfer.getRequests() * GIB / transfer.getTotalBytes();
    }

    /** How many cores the driver kept busy. */
    double cores() {
        return cpuSeconds / seconds;
    }

    double benchCores() {
        return benchCpuSeconds / seconds;
    }

    double otherCores() {
        return otherCpuSeconds / observedSeconds;
    }
}
