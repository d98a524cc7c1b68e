package io.drover.bench;

import io.drover.core.sys.FileCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A volume beside a plain file of the same pool, and beside a bare loop device on that file: the limit of any volume that is a file.
 * Runs take turns, in both directions, so that whatever else the machine does hits all of them; the result is the median of the ratios.
 */
final class IoBench {
    /**
     * How thoroughly to measure.
     *
     * @param sizeBytes of file and volume
     * @param rounds pairs of runs for each profile
     * @param runtime of a run
     */
    record Effort(long sizeBytes, int rounds, Duration runtime) {}

    /** Each waits some seconds for the disk. */
    private static final int ATTEMPTS = 20;

    private final BenchPlace place;
    private final Effort effort;
    private int snapshots;

    IoBench(BenchPlace place, Effort effort) {
        this.place = place;
        this.effort = effort;
    }

    /** Measures pools of these engines. */
    ResultTable run(List<String> engines) throws IOException, InterruptedException {
        ResultTable table = new ResultTable("io", "I/O of a volume, as a share of a plain file's on the same pool")
                .remark("Aim: volume at least 0.9 of raw. Median of " + effort.rounds()
                        + " pairs of runs that took turns, " + effort.runtime().toMillis()
                        + " ms each; lowest and highest pair beside it. \"Of loop\": as a share of what a bare loop device on the"
                        + " plain file reaches, which is the kernel's own price of a block device on a file.")
                .remark(
                        "\"fresh\": every run right after a snapshot, so that writes copy; \"filled\": after everything was written "
                                + "again since the snapshot. The file never has a snapshot.");
        for (String engine : engines) {
            try (Sandbox sandbox = place.sandbox(engine, 8 * effort.sizeBytes() + (4L << 30))) {
                sandbox.start();
                measure(sandbox, engine, table);
            }
        }
        return table;
    }

    private void measure(Sandbox sandbox, String engine, ResultTable table) throws IOException {
        place.progress().accept(engine + ": filling file and volume");
        Path file = makeFile(sandbox.pool().resolve("bench-raw.image"));
        TrialVolume volume = sandbox.csi().createVolume("bench-io", effort.sizeBytes(), TrialVolume.block());
        Path device = sandbox.kubelet().attach(volume);
        place.fio().fill(file, effort.sizeBytes());
        place.fio().fill(device, effort.sizeBytes());

        try (BareLoop loop = BareLoop.on(file, place.system().loops())) {
            measureState("no snapshot", engine, new Targets(file, Optional.of(loop.device()), device), () -> {}, table);
        }
        Targets targets = new Targets(file, Optional.empty(), device);
        measureState("snapshot, fresh", engine, targets, () -> takeSnapshot(sandbox, volume), table);
        takeSnapshot(sandbox, volume);
        place.progress().accept(engine + ": writing everything again");
        place.fio().fill(device, effort.sizeBytes());
        measureState("snapshot, filled", engine, targets, () -> {}, table);
        sandbox.kubelet().detach(volume.id());
    }

    /**
     * What takes turns.
     *
     * @param loop on the raw file, so that it is of use only where nothing is different between file and volume
     */
    private record Targets(Path raw, Optional<Path> loop, Path volume) {}

    private void measureState(String state, String engine, Targets targets, Runnable beforeVolume, ResultTable table) {
        for (IoProfile profile : IoProfile.values()) {
            place.progress().accept(engine + ": " + state + ": " + profile.title());
            Ratios ofRaw = new Ratios();
            Ratios ofLoop = new Ratios();
            for (int round = 0; round < effort.rounds(); round++) {
                boolean forth = round % 2 == 0;
                double before = forth ? speed(targets.raw(), profile) : 0;
                Optional<Double> loop = targets.loop().map(device -> speed(device, profile));
                beforeVolume.run();
                double ours = speed(targets.volume(), profile);
                ofRaw.add(forth ? before : speed(targets.raw(), profile), ours);
                loop.ifPresent(speed -> ofLoop.add(speed, ours));
            }
            addRow(table.addRow(), engine, state, profile, ofRaw, ofLoop);
        }
    }

    private static void addRow(
            Map<String, Object> row, String engine, String state, IoProfile profile, Ratios ofRaw, Ratios ofLoop) {
        row.put("engine", engine);
        row.put("state", state);
        row.put("profile", profile.title());
        row.put("rawPerSecond", ofRaw.medianBase());
        row.put("volumePerSecond", ofRaw.medianValue());
        row.put("ratio", ofRaw.median());
        row.put("lowest", ofRaw.lowest());
        row.put("highest", ofRaw.highest());
        row.put("ofLoop", ofLoop.isEmpty() ? "" : ofLoop.median());
    }

    private double speed(Path target, IoProfile profile) {
        return place.fio()
                .measure(target, profile, effort.sizeBytes(), effort.runtime())
                .operationsPerSecond();
    }

    /** Keeps one snapshot: the one before the last is in the way of nothing but space. */
    private void takeSnapshot(Sandbox sandbox, TrialVolume volume) {
        List<String> old = sandbox.csi().snapshots(Optional.of(volume.id()));
        snapshots++;
        untilAnswered(() -> sandbox.csi().createSnapshot("bench-io-" + snapshots, volume.id()));
        old.forEach(sandbox.csi()::deleteSnapshot);
    }

    /** As Kubernetes' snapshotter does: a disk that fio has just overwhelmed refuses for a while. */
    private void untilAnswered(Runnable call) {
        for (int attempt = 1; ; attempt++) {
            try {
                call.run();
                return;
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || attempt == ATTEMPTS) {
                    throw e;
                }
                place.progress().accept("waiting for the disk: " + e.getStatus().getDescription());
            }
        }
    }

    private Path makeFile(Path path) {
        FileCalls files = place.system().files();
        files.createFile(path, 0600);
        try {
            // On btrfs a volume's image is overwritten in place; a file that is not would be no fair base.
            files.overwriteInPlace(path);
        } catch (SystemCallException e) {
            place.progress().accept("raw file without the flag of overwriting in place: " + e.getMessage());
        }
        files.resize(path, effort.sizeBytes());
        return path;
    }
}
