package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a directory in the place of the mount. */
@SuppressWarnings("NullAway.Init")
class NfsTargetTest extends TargetFilesContract {
    private static final TargetAddress.Nfs ADDRESS =
            (TargetAddress.Nfs) TargetAddress.parse("nfs://server:/export?nfsOptions=soft");

    @TempDir
    Path scratch;

    private final AtomicInteger claims = new AtomicInteger();
    private final SettableClock clock = new SettableClock();
    private Path mounted;
    private NfsTarget target;

    @BeforeEach
    void open() throws IOException {
        mounted = Files.createDirectory(scratch.resolve("one"));
        target = new NfsTarget(
                ADDRESS,
                address -> {
                    assertThat(address).isEqualTo(ADDRESS);
                    claims.incrementAndGet();
                    return mounted;
                },
                clock,
                new BoundedCalls(ADDRESS.url(), 8, Duration.ofSeconds(60)));
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Override
    TargetFiles files() {
        return target;
    }

    @Test
    void theMountIsClaimedAgainAfterAMinute() {
        target.find("backupstore/x");
        target.find("backupstore/x");
        assertThat(claims).hasValue(1);

        clock.pass(Duration.ofSeconds(61));
        target.find("backupstore/x");
        assertThat(claims).hasValue(2);
    }

    @Test
    void aNewMountInAnotherPlaceIsFollowed() throws IOException {
        target.write("backupstore/x", bytes(1));
        mounted = Files.createDirectory(scratch.resolve("two"));
        Files.createDirectory(mounted.resolve("backupstore"));
        Files.write(mounted.resolve("backupstore/y"), bytes(2));

        clock.pass(Duration.ofSeconds(61));

        assertThat(target.find("backupstore/y")).isPresent();
    }

    @Test
    void filesOfUnfinishedWritesAreToldToWhoAsksForThem() throws IOException {
        UnfinishedFiles.check(target, mounted);
    }

    @Test
    void aMountThatFailsIsSaidWithTheTarget() {
        NfsTarget other = new NfsTarget(
                ADDRESS,
                _ -> {
                    throw StorageException.unavailable("mount.nfs4: Connection timed out");
                },
                clock,
                new BoundedCalls(ADDRESS.url(), 1, Duration.ofSeconds(60)));

        assertThatThrownBy(() -> other.find("backupstore/x"))
                .hasMessageContaining("nfs://server:/export")
                .hasMessageContaining("Connection timed out");
        other.close();
    }

    @Test
    void aCallThatIsStuckEndsForItsCaller() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (BoundedCalls calls = new BoundedCalls("nfs://dead:/x", 1, Duration.ofMillis(50))) {
            assertCode(
                    ErrorCode.UNAVAILABLE,
                    () -> calls.call("read x", () -> {
                        awaitUninterruptibly(never); // as a thread in the kernel, which no interrupt wakes
                        ended.countDown();
                        return 1;
                    }));
            // The only thread is stuck: later calls end as well, without one of their own.
            assertThatThrownBy(() -> calls.call("list y", () -> 2)).hasMessageContaining("all calls to it are stuck");

            never.countDown();
            ended.await();
            assertThat(eventually(calls)).isEqualTo(3);
        }
    }

    private static int eventually(BoundedCalls calls) {
        for (int attempt = 0; ; attempt++) {
            try {
                return calls.call("z", () -> 3);
            } catch (StorageException e) {
                if (attempt > 100) {
                    throw e;
                }
            }
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // goes on waiting
            }
        }
    }
}
