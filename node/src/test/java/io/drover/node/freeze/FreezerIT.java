package io.drover.node.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.fault.FaultPoints;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.testing.CrashAt;
import io.drover.node.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("root")
@Timeout(120)
class FreezerIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Scratch scratch = new Scratch();
    private final FileSystemCalls fileSystems = scratch.calls().fileSystems();
    private final Path records = scratch.root().resolve("freezes");
    private final AtomicInteger ids = new AtomicInteger();

    @AfterEach
    void clean() {
        scratch.mounts().forEach(mount -> thawQuietly(mount.target()));
        scratch.close();
    }

    @Test
    void writesWaitUntilTheThaw() throws Exception {
        // Given
        Path ext4 = scratch.mounted("a", "ext4", 64);
        Path xfs = scratch.mounted("b", "xfs", 320);
        Path btrfs = scratch.mounted("c", "btrfs", 128);
        List<Path> all = List.of(ext4, xfs, btrfs);
        // When
        Freeze freeze = freezer(FaultPoints.NONE).freeze(all, List.of(), LONG);
        List<CompletableFuture<Void>> writers =
                all.stream().map(FreezerIT::write).toList();
        // Then
        assertThat(all).allMatch(this::isFrozen);
        assertThat(records).isNotEmptyDirectory();
        assertThat(writers.getFirst().isDone()).isFalse();
        assertThat(freeze.thaw()).isTrue();
        assertThat(freeze.thaw()).isTrue();
        for (CompletableFuture<Void> writer : writers) {
            writer.get(10, TimeUnit.SECONDS);
        }
        assertThat(records).isEmptyDirectory();
        assertNoGuardRuns();
    }

    @Test
    void deadlineThawsWhenTheOwnerHasEnded() {
        // Given a process that ends while it holds two freezes
        Path first = scratch.mounted("a", "ext4", 64);
        Path second = scratch.mounted("b", "xfs", 320);
        assertThatThrownBy(() -> freezer(new CrashAt("freeze.frozen"))
                        .freeze(List.of(first, second), List.of(), Duration.ofSeconds(3)))
                .isInstanceOf(CrashAt.Crash.class);
        assertThat(isFrozen(first)).isTrue();
        // Then nobody has to come back
        await().atMost(Duration.ofSeconds(8)).until(() -> !isFrozen(first) && !isFrozen(second));
        freezer(FaultPoints.NONE).recover();
        assertThat(records).isEmptyDirectory();
        assertNoGuardRuns();
    }

    @Test
    void deadlineSurvivesTheEndOfAWholeProcess() throws Exception {
        // Given another JVM that freezes and is then killed
        Path mount = scratch.mounted("a", "ext4", 64);
        Process owner = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FreezingProgram.class.getName(),
                        mount.toString(),
                        records.toString(),
                        "5")
                .inheritIO()
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(records.resolve("frozen")));
        // When
        owner.destroyForcibly().waitFor();
        // Then
        assertThat(isFrozen(mount)).isTrue();
        await().atMost(Duration.ofSeconds(15)).until(() -> !isFrozen(mount));
        write(mount).get(10, TimeUnit.SECONDS);
    }

    @Test
    void processThatStartsAgainThawsAtOnce() {
        // Given
        Path mount = scratch.mounted("a", "ext4", 64);
        assertThatThrownBy(() -> freezer(new CrashAt("freeze.frozen")).freeze(List.of(mount), List.of(), LONG))
                .isInstanceOf(CrashAt.Crash.class);
        // When
        freezer(FaultPoints.NONE).recover();
        // Then
        assertThat(isFrozen(mount)).isFalse();
        assertNoGuardRuns();
        assertThat(records).isEmptyDirectory();
    }

    @Test
    void allAreFrozenOrNone() {
        // Given one that somebody else has frozen
        Path first = scratch.mounted("a", "ext4", 64);
        Path second = scratch.mounted("b", "ext4", 64);
        fileSystems.freeze(second);
        // Then
        assertThatThrownBy(() -> freezer(FaultPoints.NONE).freeze(List.of(first, second), List.of(), LONG))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.BUSY));
        assertThat(isFrozen(first)).isFalse();
        assertThat(isFrozen(second)).isTrue();
        assertNoGuardRuns();
    }

    @Test
    void thawTellsThatTheDeadlineCameFirst() {
        // Given
        Path mount = scratch.mounted("a", "ext4", 64);
        Freeze freeze = freezer(FaultPoints.NONE).freeze(List.of(mount), List.of(), Duration.ofSeconds(1));
        // When
        await().atMost(Duration.ofSeconds(10)).until(() -> !isFrozen(mount));
        // Then
        assertThat(freeze.thaw()).isFalse();
    }

    @Test
    void freezingThatTakesLongerThanTheDeadlineIsGivenUp() {
        // Given a clock that jumps over the deadline
        Path mount = scratch.mounted("a", "ext4", 64);
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        AtomicInteger asked = new AtomicInteger();
        InstantSource clock = () -> start.plus(LONG.multipliedBy(asked.getAndIncrement()));
        Freezer freezer =
                new Freezer(fileSystems, LocalCommandRunner.ofHost(), records, clock, () -> "x", FaultPoints.NONE);
        // Then
        assertThatThrownBy(() -> freezer.freeze(List.of(mount), List.of(), LONG))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.TIMEOUT));
        assertThat(isFrozen(mount)).isFalse();
    }

    private Freezer freezer(FaultPoints faults) {
        return new Freezer(
                fileSystems,
                LocalCommandRunner.ofHost(),
                records,
                InstantSource.system(),
                () -> "freeze-" + ids.incrementAndGet(),
                faults);
    }

    /** Freezing again tells; what was not frozen is thawed at once. */
    private boolean isFrozen(Path mount) {
        try {
            fileSystems.freeze(mount);
            fileSystems.thaw(mount);
            return false;
        } catch (SystemCallException e) {
            return e.is(Errno.EBUSY);
        }
    }

    private void thawQuietly(Path mount) {
        try {
            fileSystems.thaw(mount);
        } catch (SystemCallException e) {
            // not frozen
        }
    }

    /** A killed process is still there for a moment: SIGKILL is not waited for. */
    private void assertNoGuardRuns() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(guards()).isEmpty());
    }

    /** The guards of this test that still run. */
    private List<ProcessHandle> guards() {
        return ProcessHandle.allProcesses()
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .filter(arguments -> arguments.stream()
                                .anyMatch(argument ->
                                        argument.startsWith(scratch.root().toString())))
                        .isPresent())
                .filter(process -> process.info().command().orElse("").endsWith("/find"))
                .toList();
    }

    private static CompletableFuture<Void> write(Path mount) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Files.writeString(mount.resolve("file"), "written");
                done.complete(null);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
