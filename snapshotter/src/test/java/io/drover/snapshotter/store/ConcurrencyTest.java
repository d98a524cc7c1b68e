package io.drover.snapshotter.store;

import static io.drover.snapshotter.store.StoreFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.time.Pause;
import io.drover.snapshotter.lock.HeldLock;
import io.drover.snapshotter.lock.LockType;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.target.DirectoryTarget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two writers, a reader and a deleter on one volume, on three hosts. */
class ConcurrencyTest {
    private static final String VOLUME = "pvc-1";
    private static final int BACKUPS = 6;
    /** The deleter's part of the two writers' backups: some have to be left to be looked at, however slow the writers are. */
    private static final int FEWEST_DELETED = 3;

    private static final int MOST_DELETED = 9;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Map<String, byte[]> complete = new ConcurrentHashMap<>();
    private final AtomicInteger second = new AtomicInteger();
    private final AtomicInteger restored = new AtomicInteger();

    private StoreFixture host(String name) {
        Pause shorter = duration -> Pause.SLEEP.forDuration(
                duration.compareTo(Duration.ofSeconds(2)) > 0 ? duration : Duration.ofMillis(300));
        return new StoreFixture(
                DirectoryTarget.open(directory, "file://test", Clock.systemUTC()),
                FaultPoints.NONE,
                new StoreLocks(name, Clock.systemUTC(), shorter));
    }

    @Test
    void nobodyHarmsTheOthers() throws InterruptedException, ExecutionException, TimeoutException {
        StoreFixture hostA = host("host-a");
        StoreFixture hostB = host("host-b");
        StoreFixture hostC = host("host-c");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> write(hostA, "first", 1));
            Future<?> second = threads.submit(() -> write(hostB, "second", 2));
            Future<?> reader = threads.submit(() -> read(hostA, first, second));
            Future<?> deleter = threads.submit(() -> delete(hostC, first, second));
            for (Future<?> work : new Future<?>[] {first, second, reader, deleter}) {
                work.get(100, TimeUnit.SECONDS);
            }
        }
        assertThat(restored.get()).isPositive();
        assertThat(complete).isNotEmpty();
        assertThat(hostC.store.backupNames(VOLUME)).containsExactlyInAnyOrderElementsOf(complete.keySet());
        complete.forEach((name, image) ->
                assertThat(hostC.restore(VOLUME, name)).as(name).isEqualTo(image));
        assertThat(hostC.files.list("backupstore/volumes/7e/ed/pvc-1/locks")).isEmpty();
    }

    private void write(StoreFixture host, String prefix, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < BACKUPS; i++) {
            byte[] image = image(random.ints(8, 0, 12).toArray());
            String name = prefix + "-" + i;
            locked(host, LockType.USE, () -> {
                host.backUp(VOLUME, name, image, second.incrementAndGet());
                complete.put(name, image);
            });
            Pause.SLEEP.forDuration(Duration.ofMillis(200));
        }
    }

    private void read(StoreFixture host, Future<?>... writers) {
        while (restored.get() == 0 || working(writers)) {
            complete.keySet().stream()
                    .findAny()
                    .ifPresent(name -> locked(host, LockType.USE, () -> {
                        byte[] image = complete.get(name);
                        if (image != null) {
                            assertThat(host.restore(VOLUME, name)).isEqualTo(image);
                            restored.incrementAndGet();
                        }
                    }));
            Pause.SLEEP.forDuration(Duration.ofMillis(150));
        }
    }

    private void delete(StoreFixture host, Future<?>... writers) {
        int deleted = 0;
        while (deleted < FEWEST_DELETED || deleted < MOST_DELETED && working(writers)) {
            String name = complete.keySet().stream().sorted().findFirst().orElse("");
            if (name.isEmpty()) {
                Pause.SLEEP.forDuration(Duration.ofMillis(50));
                continue;
            }
            byte[] image = complete.get(name);
            try {
                // A reader must find it or not look for it: it is forgotten first, and remembered if it was not
                // deleted.
                complete.remove(name);
                assertThat(host.deletion(FaultPoints.NONE).delete(VOLUME, name).kept())
                        .isEmpty();
                deleted++;
            } catch (StorageException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
                if (image != null) {
                    complete.put(name, image);
                }
            }
            Pause.SLEEP.forDuration(Duration.ofMillis(50));
        }
    }

    private static boolean working(Future<?>... writers) {
        for (Future<?> writer : writers) {
            if (!writer.isDone()) {
                return true;
            }
        }
        return false;
    }

    private void locked(StoreFixture host, LockType type, Runnable work) {
        while (true) {
            try (HeldLock lock = host.locks.acquire(host.files, VOLUME, type)) {
                work.run();
                lock.check();
                return;
            } catch (StorageException e) {
                if (e.code() != ErrorCode.BUSY) {
                    throw e;
                }
                Pause.SLEEP.forDuration(Duration.ofMillis(50));
            }
        }
    }
}
