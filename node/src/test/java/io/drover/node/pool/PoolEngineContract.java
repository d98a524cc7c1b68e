package io.drover.node.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopSetup;
import io.drover.core.sys.SystemCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every pool engine does, on a file system of its own. */
@Tag("root")
@SuppressWarnings("NullAway.Init")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class PoolEngineContract {
    static final int MIB = 1 << 20;
    private static final ByteSize SIZE = ByteSize.ofMebi(8);

    final SystemCalls calls = LinuxSystemCalls.create();
    LoopFileSystem disk;
    PoolEngine engine;

    /** A file system for the engine. */
    abstract LoopFileSystem newDisk() throws IOException;

    /** One as small as can be, where data and metadata compete for the same space. */
    abstract LoopFileSystem newSmallDisk() throws IOException;

    abstract String name();

    @BeforeEach
    void makeDisk() throws IOException {
        disk = newDisk();
        engine = new PoolEngines(calls).recognise(disk.top()).orElseThrow();
    }

    @AfterEach
    void removeDisk() {
        disk.close();
    }

    @Test
    void engineIsRecognisedAndLeavesNoTraceOfTheTrial() throws IOException {
        assertThat(engine.name()).isEqualTo(name());
        assertThat(new PoolEngines(calls).byName(name()).orElseThrow().name()).isEqualTo(name());
        try (var left = Files.list(disk.top())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void newImageIsZerosAndTakesNoSpace() throws IOException {
        Path home = home("a");
        engine.createHome(home, ByteSize.ofGibi(1024));

        assertThat(engine.size(home)).isEqualTo(ByteSize.ofGibi(1024));
        assertThat(engine.usage(home).allocated().bytes()).isZero();
        assertThat(engine.allocated(home)).isEmpty();
        assertThat(calls.files().status(home).orElseThrow().permissions()).isEqualTo(0700);
        assertThat(calls.files().status(PoolEngine.image(home)).orElseThrow().permissions())
                .isEqualTo(0600);
    }

    @Test
    void cloneSharesEverythingUntilOneIsWritten() throws IOException {
        var model = created("a");
        model.write(0, filled(2 * MIB, 1));
        Path snapshot = home("s");
        engine.cloneHome(model.home, snapshot, true);

        assertThat(engine.changed(snapshot, model.home)).isEmpty();
        assertThat(engine.usage(snapshot).allocated()).isEqualTo(ByteSize.ofMebi(2));
        assertThat(engine.usage(snapshot).exclusive().bytes()).isZero();
        assertThat(engine.usage(model.home).shared()).isEqualTo(ByteSize.ofMebi(2));

        model.write(MIB, filled(MIB / 2, 2));

        assertThat(engine.changed(snapshot, model.home)).containsExactly(new ByteRange(MIB, MIB / 2, false));
        assertThat(engine.changed(model.home, snapshot)).containsExactly(new ByteRange(MIB, MIB / 2, false));
        // The engine may have allocated ahead of the write, so at least.
        assertThat(engine.usage(model.home).exclusive().bytes()).isBetween(MIB / 2L, (long) MIB);
    }

    @Test
    void spaceIsExclusiveAgainWhenTheLastCloneIsGone() throws IOException {
        var model = created("a");
        model.write(0, filled(2 * MIB, 1));
        engine.cloneHome(model.home, home("s"), true);

        engine.deleteHome(home("s"));

        // Btrfs gives the references back in the background, within its commit interval.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(engine.usage(model.home).exclusive()).isEqualTo(ByteSize.ofMebi(2)));
    }

    @Test
    void freedRangesAreZerosInTheDifference() throws IOException {
        var model = created("a");
        model.write(0, filled(4 * MIB, 1));
        engine.cloneHome(model.home, home("s"), true);
        calls.extents().punchHole(PoolEngine.image(model.home), MIB, MIB);

        assertThat(engine.changed(home("s"), model.home)).containsExactly(new ByteRange(MIB, MIB, true));
        assertThat(engine.changed(model.home, home("s"))).containsExactly(new ByteRange(MIB, MIB, false));
        assertThat(engine.allocated(model.home))
                .containsExactly(new ByteRange(0, MIB, false), new ByteRange(2 * MIB, 2 * MIB, false));
    }

    @Test
    void grownImageKeepsItsContentAndReadsZerosBehind() throws IOException {
        var model = created("a");
        model.write(0, filled(MIB, 1));
        engine.cloneHome(model.home, home("s"), true);

        engine.grow(model.home, ByteSize.ofMebi(16));
        engine.grow(model.home, ByteSize.ofMebi(16));

        model.grow(16 * MIB);
        model.assertContent();
        assertThat(engine.changed(home("s"), model.home)).isEmpty();
        assertThat(code(() -> engine.grow(model.home, SIZE))).isEqualTo(ErrorCode.OUT_OF_RANGE);
        assertThat(engine.size(home("s"))).isEqualTo(SIZE);
    }

    @Test
    void readOnlyCloneIsClonedWritable() throws IOException {
        var model = created("a");
        model.write(0, filled(MIB, 1));
        engine.cloneHome(model.home, home("s"), true);
        engine.cloneHome(home("s"), home("c"), false);

        var clone = model.cloned(home("c"), false);
        clone.write(0, filled(4096, 9));

        clone.assertContent();
        model.assertContent();
    }

    @Test
    void wrongRequestsAreRefusedAndChangeNothing() throws IOException {
        var model = created("a");
        created("b");

        assertThat(code(() -> engine.createHome(home("a"), SIZE))).isEqualTo(ErrorCode.EXISTS_DIFFERENT);
        assertThat(code(() -> engine.cloneHome(home("a"), home("b"), false))).isEqualTo(ErrorCode.EXISTS_DIFFERENT);
        assertThat(code(() -> engine.cloneHome(home("no"), home("c"), true))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> engine.createHome(home("no").resolve("c"), SIZE))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> engine.grow(home("no"), SIZE))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> engine.allocated(home("no")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> engine.changed(home("no"), home("a")))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(() -> engine.usage(home("no")))).isEqualTo(ErrorCode.NOT_FOUND);
        engine.deleteHome(home("no"));
        engine.deleteHome(home("no").resolve("deeper"));
        assertThatThrownBy(() -> engine.cloneHome(home("no"), home("c"), true))
                .hasMessageContaining(home("no").toString());

        model.assertContent();
        assertThat(home("c")).doesNotExist();
        assertThat(home("b")).exists();
    }

    @Test
    void partialHomeIsDeleted() throws IOException {
        Files.createDirectory(home("empty"));
        Files.createDirectory(home("half"));
        Files.write(PoolEngine.image(home("half")), new byte[10]);

        engine.deleteHome(home("empty"));
        engine.deleteHome(home("half"));

        assertThat(home("empty")).doesNotExist();
        assertThat(home("half")).doesNotExist();
    }

    @Test
    void homesAreRenamedAndExchangedInTheirParent() throws IOException {
        var model = created("a");
        model.write(0, filled(MIB, 1));
        engine.cloneHome(model.home, home("s"), true);
        engine.cloneHome(model.home, home("c"), false);

        calls.files().rename(home("s"), home("t"));
        calls.files().exchange(home("a"), home("c"));

        model.assertContent();
        model.cloned(home("t"), true).assertContent();
        engine.deleteHome(home("t"));
    }

    @Test
    void whatReturnedSurvivesTheLossOfPower() throws IOException {
        var model = created("a");
        model.write(0, filled(3 * MIB, 1));
        var snapshot = model.cloned(home("s"), true);
        engine.cloneHome(model.home, snapshot.home, true);
        var clone = snapshot.cloned(home("c"), false);
        engine.cloneHome(snapshot.home, clone.home, false);
        var empty = created("b");
        engine.grow(clone.home, ByteSize.ofMebi(10));
        clone.grow(10 * MIB);

        disk.losePower();

        for (ImageModel each : List.of(snapshot, clone, empty)) {
            each.assertContent();
        }
        assertThat(engine.changed(snapshot.home, clone.home)).isEmpty();
        assertThat(engine.size(model.home)).isEqualTo(SIZE);
    }

    @Test
    void manyClonesAreDeletedInAnyOrder() throws IOException {
        var model = created("a");
        List<ImageModel> snapshots = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            model.write(i * 65536, filled(131072, i + 1));
            var snapshot = model.cloned(home("s" + i), true);
            engine.cloneHome(model.home, snapshot.home, true);
            snapshots.add(snapshot);
        }
        java.util.Collections.shuffle(snapshots, new Random(7));

        while (!snapshots.isEmpty()) {
            engine.deleteHome(snapshots.removeLast().home);
            if (!snapshots.isEmpty()) {
                snapshots.getFirst().assertContent();
            }
        }
        model.assertContent();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anyHistoryHoldsItsContentsAndFindsItsDifferences(long seed) throws IOException {
        new PoolHistory(calls, engine, disk, new Random(seed)).run(150);
    }

    @Test
    void clonesOfAnImageThatIsWrittenThroughALoopDeviceHoldWhatWasFlushed() throws IOException {
        Path home = created("a").home;
        int number = calls.loops().setUp(new LoopSetup(PoolEngine.image(home), "drover-test", false, true, 512));
        List<Long> flushedBefore = new ArrayList<>();
        try (var writer = new SteadyWriter(LoopCalls.device(number))) {
            for (int i = 0; i < 25; i++) {
                long goOn = writer.flushed.get() + 30;
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> writer.flushed.get() >= goOn);
                flushedBefore.add(writer.flushed.get());
                engine.cloneHome(home, home("s" + i), true);
            }
        } finally {
            calls.loops().detach(number);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> calls.loops().status(number).isEmpty());
        }

        for (int i = 0; i < 25; i++) {
            long highest = SteadyWriter.checked(calls, PoolEngine.image(home("s" + i)));
            assertThat(highest).as("snapshot %d", i).isGreaterThanOrEqualTo(flushedBefore.get(i));
        }
    }

    @Test
    void fullDiskIsToldAndNothingIsLeftBehind() throws IOException {
        disk.close();
        disk = newSmallDisk();
        var model = created("a");
        for (int i = 0; i < 500; i++) {
            model.write(i * 16384, filled(4096, i));
        }
        fill();

        StorageException failure = null;
        int made = 0;
        while (failure == null && made < 3000) {
            Path clone = home("clone" + made);
            failure = made % 2 == 0
                    ? failure(() -> engine.cloneHome(model.home, clone, true))
                    : failure(() -> engine.createHome(clone, SIZE));
            if (failure != null) {
                assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.NO_SPACE);
                assertThat(failure).hasMessageContaining(clone.toString()).hasMessageContaining("full");
                assertThat(clone).doesNotExist();
            }
            made++;
        }

        assertThat(failure).as("the disk takes %d clones and is not full", made).isNotNull();
        model.assertContent();
        for (int i = 0; i < made; i++) {
            engine.deleteHome(home("clone" + i));
        }
        Files.delete(disk.top().resolve("ballast"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
            engine.cloneHome(model.home, home("again"), true);
        });
    }

    private void fill() throws IOException {
        for (int chunk : List.of(MIB, 4096)) {
            try (OutputStream ballast = Files.newOutputStream(
                    disk.top().resolve("ballast"),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND,
                    java.nio.file.StandardOpenOption.DSYNC)) {
                byte[] bytes = filled(chunk, 5);
                for (int i = 0; i < 2000; i++) {
                    ballast.write(bytes);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left");
            }
        }
    }

    ImageModel created(String name) {
        engine.createHome(home(name), SIZE);
        return new ImageModel(home(name), (int) SIZE.bytes());
    }

    Path home(String name) {
        return disk.top().resolve(name);
    }

    static byte[] filled(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static ErrorCode code(ThrowingCallable call) {
        return catchThrowableOfType(StorageException.class, call).code();
    }

    private static @org.jspecify.annotations.Nullable StorageException failure(ThrowingCallable call) {
        return catchThrowableOfType(StorageException.class, call);
    }
}
