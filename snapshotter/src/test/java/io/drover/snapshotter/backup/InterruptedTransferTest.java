package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.store.LocalSnapshot;
import io.drover.snapshotter.transfer.Limits;
import io.drover.snapshotter.transfer.TransferCancelledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores that were cut off anywhere, and called again. */
class InterruptedTransferTest {
    private static final int BLOCK = 2 << 20;
    private static final int BLOCKS = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Trial trial;

    private LocalSnapshot first = new LocalSnapshot("none", Trial.MIDNIGHT);
    private LocalSnapshot second = first;

    /** One backup, and a second snapshot that changed one block, freed one and wrote a new one. */
    @BeforeEach
    void begin() {
        trial = new Trial(folder);
        trial.limits = new Limits(2, 2, 40L << 20, 0);
        trial.images.create(Trial.VOLUME, (BLOCKS + 1L) * BLOCK);
        for (int i = 0; i < BLOCKS; i++) {
            trial.images.writeRandom(Trial.VOLUME, (long) i * BLOCK, 16 << 10, new Random(i));
        }
        first = trial.snapshot("s1");
        trial.backUp(first);
        trial.images.writeRandom(Trial.VOLUME, 0, 8192, new Random(8));
        trial.images.trim(Trial.VOLUME, BLOCK, BLOCK);
        trial.images.writeRandom(Trial.VOLUME, (long) BLOCKS * BLOCK, 8192, new Random(9));
        second = trial.snapshot("s2");
        trial.reconnect();
    }

    @Test
    void aBackupKilledAtAnyPointIsFinishedByTheSameCallWithoutSendingABlockTwice() {
        Map<String, Integer> points = pointsOf(() -> trial.backUp(second));
        assertThat(points.keySet())
                .contains("backup.locked", "backup.begun", "backup.block-stored", "backup.blocks-stored")
                .contains("backup.configuration-written", "backup.volume-updated", "backup.completed");
        for (Map.Entry<String, Integer> point : points.entrySet()) {
            for (int time = 1; time <= point.getValue(); time++) {
                trial.delete(second);
                killAt(point.getKey(), time, () -> trial.backUp(second));
                Map<String, Integer> before = trial.files.blockWrites();
                trial.reconnect();

                trial.backUp(second);

                Set<String> twice = new TreeSet<>(trial.files.blockWrites().keySet());
                twice.retainAll(before.keySet());
                assertThat(twice)
                        .as("sent again after a kill at " + point.getKey() + "#" + time)
                        .isEmpty();
                trial.assertRestores(second);
                trial.assertRestores(first);
                assertThat(trial.store().volume("pvc-1").lastBackup()).isEqualTo("backup-s2");
                assertThat(locks()).isEmpty();
            }
        }
    }

    @Test
    void aFirstBackupThatWasKilledSendsOnlyTheRest() {
        trial.delete(first);
        trial.reconnect();
        killAt("backup.block-stored", 2, () -> trial.backUp(second));
        Set<String> before = new TreeSet<>(trial.files.blockWrites().keySet());
        assertThat(before).isNotEmpty();
        trial.reconnect();
        trial.backUp(second);
        assertThat(trial.files.blockWrites()).isNotEmpty();
        assertThat(trial.files.blockWrites().keySet()).doesNotContainAnyElementsOf(before);
        trial.assertRestores(second);
    }

    @Test
    void aRestoreKilledAtAnyPointIsFinishedByTheSameCall() {
        trial.backUp(second);
        ReplicaAddress sample = trial.newVolume((BLOCKS + 1L) * BLOCK);
        Map<String, Integer> points = pointsOf(() -> trial.restore(second, sample));
        assertThat(points.keySet())
                .contains("restore.locked", "restore.block-written", "restore.blocks-written", "restore.synced")
                .contains("restore.sealed");
        for (Map.Entry<String, Integer> point : points.entrySet()) {
            for (int time = 1; time <= point.getValue(); time++) {
                ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
                killAt(point.getKey(), time, () -> trial.restore(second, into));
                trial.reconnect();
                trial.restore(second, into);
                trial.assertSame(second, into);
                assertThat(trial.images.isSealed(into)).isTrue();
                assertThat(locks()).isEmpty();
            }
        }
    }

    @Test
    void aRestoreThatGoesOnFetchesOnlyWhatIsMissing() {
        trial.backUp(second);
        ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
        trial.limits = new Limits(1, 1, 40L << 20, 0);
        killAt("restore.block-written", 3, () -> trial.restore(second, into));
        trial.reconnect();
        trial.restore(second, into);
        long whole = trial.monitor.sent();
        trial.reconnect();
        trial.restore(second, into);
        assertThat(trial.monitor.sent()).as("fetched by a third call").isZero();
        assertThat(whole).isPositive();
        trial.assertSame(second, into);
    }

    @Test
    void aRestoreOverwritesWhatAnotherOneLeft() {
        trial.backUp(second);
        ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
        trial.restore(first, into);
        trial.restore(second, into);
        trial.assertSame(second, into);
        trial.restore(first, into);
        trial.assertSame(first, into);
    }

    @Test
    void anErrorAtAnyCallFailsClearlyAndLosesNothing() {
        AtomicInteger calls = new AtomicInteger();
        trial.backUp(second);
        calls.set(trial.files.calls());
        assertThat(calls).hasValueGreaterThan(10);
        int failures = 0;
        for (int call = 0; call < calls.get() + 5; call++) {
            trial.reconnect();
            trial.delete(second);
            trial.reconnect().failAt(call);
            Throwable failure = catchThrowable(() -> trial.backUp(second));
            if (failure != null) {
                assertThat(failure)
                        .as("call " + call)
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                        .hasMessageContaining("provoked failure of call " + call);
                failures++;
                trial.reconnect();
                trial.assertRestores(first);
            }
            trial.reconnect();
            trial.backUp(second);
            trial.assertRestores(second);
            trial.assertRestores(first);
        }
        assertThat(failures).isGreaterThanOrEqualTo(calls.get() - 4);
    }

    @Test
    void anErrorAtAnyCallOfARestoreYieldsNoVolume() {
        trial.backUp(second);
        trial.reconnect();
        ReplicaAddress sample = trial.newVolume((BLOCKS + 1L) * BLOCK);
        trial.restore(second, sample);
        int calls = trial.files.calls();
        for (int call = 0; call < calls; call++) {
            trial.reconnect().failAt(call);
            ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
            Throwable failure = catchThrowable(() -> trial.restore(second, into));
            if (failure != null) {
                assertThat(failure).hasMessageContaining("provoked failure of call " + call);
                assertThat(trial.images.isSealed(into)).as("call " + call).isFalse();
            }
            trial.reconnect();
            trial.restore(second, into);
            trial.assertSame(second, into);
        }
    }

    @Test
    void aMissingOrWrongBlockFailsTheRestoreByName() throws IOException {
        List<Path> blocks = blockFiles();
        Path victim = blocks.getFirst();
        String name = victim.getFileName().toString().replace(".blk", "");
        byte[] good = Files.readAllBytes(victim);
        byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 1;
        byte[] other = Files.readAllBytes(blocks.getLast());
        Map<String, byte[]> damages = new LinkedHashMap<>();
        damages.put("cut", cut);
        damages.put("flipped", flipped);
        damages.put("another block", other);
        damages.put("empty", new byte[0]);
        damages.put("missing", new byte[0]);
        for (Map.Entry<String, byte[]> damage : damages.entrySet()) {
            Files.write(victim, damage.getValue());
            if (damage.getKey().equals("missing")) {
                Files.delete(victim);
            }
            ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
            assertThatThrownBy(() -> trial.restore(first, into))
                    .as(damage.getKey())
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                    .hasMessageContaining("backup-s1")
                    .hasMessageContaining(name)
                    .hasMessageMatching("(?s).*block at \\d+.*");
            assertThat(trial.images.isSealed(into)).isFalse();
        }
        Files.createDirectories(victim.getParent());
        Files.write(victim, good);
        trial.assertRestores(first);
    }

    @Test
    void cancellingABackupLeavesWhatTheNextOneUses() {
        trial.faults = name -> {
            if (name.equals("backup.block-stored")) {
                trial.monitor.cancel();
            }
        };
        assertThatThrownBy(() -> trial.backUp(second)).isInstanceOf(TransferCancelledException.class);
        Set<String> before = new TreeSet<>(trial.files.blockWrites().keySet());
        assertThat(locks()).isEmpty();
        trial.faults = FaultPoints.NONE;
        trial.reconnect();
        trial.backUp(second);
        assertThat(trial.files.blockWrites().keySet()).doesNotContainAnyElementsOf(before);
        trial.assertRestores(second);
    }

    @Test
    void anUnfinishedBackupIsNotRestored() {
        killAt("backup.blocks-stored", 1, () -> trial.backUp(second));
        trial.reconnect();
        ReplicaAddress into = trial.newVolume((BLOCKS + 1L) * BLOCK);
        assertThatThrownBy(() -> trial.restore(second, into))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_READY));
    }

    /** Runs it, and tells how often it passes each point. */
    private Map<String, Integer> pointsOf(Runnable work) {
        Map<String, Integer> points = java.util.Collections.synchronizedMap(new LinkedHashMap<>());
        trial.faults = name -> points.merge(name, 1, Integer::sum);
        work.run();
        trial.faults = FaultPoints.NONE;
        trial.reconnect();
        return points;
    }

    /** Runs it until the process would be dead: then nothing reaches the store any more, not even the release of a lock. */
    private void killAt(String point, int time, Runnable work) {
        WatchedFiles files = trial.reconnect();
        AtomicInteger left = new AtomicInteger(time);
        Set<String> reached = new ConcurrentSkipListSet<>();
        trial.faults = name -> {
            if (reached.contains("killed")) {
                throw new Killed();
            }
            if (name.equals(point) && left.decrementAndGet() == 0) {
                reached.add("killed");
                files.cut();
                throw new Killed();
            }
        };
        Throwable failure = catchThrowable(work::run);
        trial.faults = FaultPoints.NONE;
        assertThat(failure).as(point + "#" + time).isNotNull();
    }

    private List<String> locks() {
        try (Stream<Path> all = Files.walk(trial.storeFolder)) {
            return all.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".lck"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> blockFiles() throws IOException {
        try (Stream<Path> all = Files.walk(trial.storeFolder)) {
            return all.filter(path -> path.toString().endsWith(".blk")).sorted().toList();
        }
    }

    /** Stands for the end of the process. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
