package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.VolumeConfiguration;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.store.LocalSnapshot;
import io.drover.snapshotter.transfer.TransferCancelledException;
import io.drover.snapshotter.transfer.TransferMonitor;
import io.drover.snapshotter.transfer.TransferTools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several backups of one volume at the same instant, by one process and by two. */
@SuppressWarnings("NullAway.Init")
class BackupsAtOnceTest {
    private static final int BLOCK = 2 << 20;

    @TempDir
    private Path folder;

    private Trial trial;
    private List<LocalSnapshot> snapshots;

    @BeforeEach
    void begin() {
        trial = new Trial(folder);
        trial.images.create(Trial.VOLUME, 5L * BLOCK);
        trial.images.writeRandom(Trial.VOLUME, 0, 3 * BLOCK, new Random(1));
        snapshots = new ArrayList<>();
        for (String name : List.of("s1", "s2", "s3")) {
            snapshots.add(trial.snapshot(name));
            trial.images.writeRandom(Trial.VOLUME, 3 * BLOCK, BLOCK, new Random(name.hashCode()));
        }
    }

    private BackupConfiguration backUp(LocalSnapshot snapshot, TransferTools tools, TransferMonitor monitor) {
        BackupRequest request = new BackupRequest(
                Trial.VOLUME,
                "backup-" + snapshot.name(),
                snapshot,
                5L * BLOCK,
                trial.snapshots,
                Map.of(),
                false,
                trial.compression,
                trial.blockSize,
                "",
                trial.limits);
        return new BackupRun(trial.store(), tools).run(request, monitor);
    }

    private List<BackupConfiguration> allAtOnce(TransferTools... tools) throws Exception {
        List<Future<BackupConfiguration>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < snapshots.size(); i++) {
                LocalSnapshot snapshot = snapshots.get(i);
                TransferTools own = tools[i % tools.length];
                running.add(threads.submit(() -> backUp(snapshot, own, new TransferMonitor())));
            }
        }
        List<BackupConfiguration> made = new ArrayList<>();
        for (Future<BackupConfiguration> each : running) {
            made.add(each.get());
        }
        return made;
    }

    @Test
    void inOneProcessTheyComeOneAfterTheOther() throws Exception {
        List<BackupConfiguration> made = allAtOnce(trial.tools());

        // The first is full, and each other one has the one before as its base: nothing is sent twice.
        assertThat(made).filteredOn(BackupConfiguration::incremental).hasSize(2);
        assertThat(trial.files.blockWrites().values()).containsOnly(1);
        VolumeConfiguration volume = trial.store().volume("pvc-1");
        assertThat(volume.blockCount()).isEqualTo(trial.files.blockWrites().size());
        assertNextIsIncremental();
        snapshots.forEach(trial::assertRestores);
    }

    @Test
    void byTwoProcessesTheyAreAllWhole() throws Exception {
        // Two installations with one name for a volume: the format lets both write.
        allAtOnce(trial.tools(), otherHost());

        assertThat(trial.store().volume("pvc-1").lastBackup()).startsWith("backup-s");
        snapshots.forEach(trial::assertRestores);
        assertNextIsIncremental();
    }

    private TransferTools otherHost() {
        TransferTools same = trial.tools();
        return new TransferTools(
                trial.locks("host-2"), same.images(), same.clock(), System::nanoTime, same.pause(), same.faults());
    }

    private void assertNextIsIncremental() {
        trial.images.writeRandom(Trial.VOLUME, 4 * BLOCK, 4096, new Random(9));
        LocalSnapshot next = trial.snapshot("s4");
        long before = trial.files.blockWrites().size();

        assertThat(trial.backUp(next).incremental()).isTrue();

        assertThat(trial.files.blockWrites().size() - before).isBetween(1L, 2L);
        trial.assertRestores(next);
    }

    @Test
    void oneThatWaitsForAnotherCanBeCancelled() throws Exception {
        TransferTools tools = trial.tools();
        TransferMonitor monitor = new TransferMonitor();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HeldLock lock = trial.store().lock(tools.locks(), "pvc-1", LockType.USE);
                HeldLock.Turn _ = lock.turn(() -> {})) {
            Future<?> waiting = threads.submit(() -> backUp(snapshots.getFirst(), tools, monitor));
            Awaitility.await().until(() -> monitor.step().contains("waits for other backups"));
            monitor.cancel();

            assertThatThrownBy(waiting::get).hasCauseInstanceOf(TransferCancelledException.class);
        }
        assertThat(backUp(snapshots.getFirst(), tools, new TransferMonitor()).isComplete())
                .isTrue();
    }
}
