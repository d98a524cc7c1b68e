package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every carrier of a store keeps to. */
abstract class TargetFilesContract {
    private static final int LIMIT = 32 << 20;

    /** The files of a target that holds nothing; the same for the whole of a test. */
    abstract TargetFiles files();

    @Test
    void whatWasWrittenIsReadAndFound() {
        byte[] content = bytes(300_000);

        files().write("backupstore/volumes/a", content);

        assertThat(files().read("backupstore/volumes/a", LIMIT)).isEqualTo(content);
        TargetFile found = files().find("backupstore/volumes/a").orElseThrow();
        assertThat(found.path()).isEqualTo("backupstore/volumes/a");
        assertThat(found.size()).isEqualTo(300_000);
    }

    @Test
    void timesAreThoseOfOneClock() {
        files().write("backupstore/one", bytes(1));
        files().write("backupstore/two", bytes(1));

        var one = files().find("backupstore/one").orElseThrow().modified();
        var two = files().find("backupstore/two").orElseThrow().modified();
        assertThat(Duration.between(one, two)).isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
        List<TargetFile> walked = new ArrayList<>();
        files().walk("backupstore", walked::add);
        assertThat(walked)
                .filteredOn(file -> file.path().endsWith("one"))
                .first()
                .extracting(TargetFile::modified)
                .satisfies(time -> assertThat(Duration.between(one, time).abs()).isLessThan(Duration.ofSeconds(1)));
    }

    @Test
    void writingAgainReplacesTheWhole() {
        files().write("backupstore/x.cfg", bytes(5000));
        files().write("backupstore/x.cfg", bytes(10));

        assertThat(files().read("backupstore/x.cfg", LIMIT)).isEqualTo(bytes(10));
        assertThat(files().find("backupstore/x.cfg").orElseThrow().size()).isEqualTo(10);
    }

    @Test
    void anEmptyFileIsAFile() {
        files().write("backupstore/empty", new byte[0]);

        assertThat(files().find("backupstore/empty").orElseThrow().size()).isZero();
        assertThat(files().read("backupstore/empty", LIMIT)).isEmpty();
        assertThat(files().list("backupstore")).containsExactly(new TargetEntry("empty", false));
    }

    @Test
    void whatIsNotThereIsAbsent() {
        assertThat(files().find("backupstore/none")).isEmpty();
        assertThat(files().list("backupstore/none")).isEmpty();
        assertThat(files().list("")).isEmpty();
        List<TargetFile> walked = new ArrayList<>();
        files().walk("backupstore", walked::add);
        assertThat(walked).isEmpty();
        assertCode(ErrorCode.NOT_FOUND, () -> files().read("backupstore/none", LIMIT));
    }

    @Test
    void aDirectoryIsNoFile() {
        files().write("backupstore/volumes/x", bytes(1));

        assertThat(files().find("backupstore/volumes")).isEmpty();
    }

    @Test
    void deletingTwiceIsFine() {
        files().write("backupstore/volumes/aa/x.blk", bytes(7));

        files().delete("backupstore/volumes/aa/x.blk");
        files().delete("backupstore/volumes/aa/x.blk");

        assertThat(files().find("backupstore/volumes/aa/x.blk")).isEmpty();
        assertThat(files().list("backupstore/volumes")).isEmpty();
    }

    @Test
    void deletingLeavesNeighboursWithTheSameBeginning() {
        for (String path : List.of("v/pvc-1", "v/pvc-10", "v/pvc-1.x", "v/pvc-2/pvc-1")) {
            files().write("backupstore/" + path, bytes(3));
        }

        files().delete("backupstore/v/pvc-1");

        assertThat(files().list("backupstore/v"))
                .extracting(TargetEntry::name)
                .containsExactlyInAnyOrder("pvc-10", "pvc-1.x", "pvc-2");
    }

    @Test
    void listingIsOneLevelOfExactlyThisDirectory() {
        files().write("backupstore/volumes/pvc-1/volume.cfg", bytes(3));
        files().write("backupstore/volumes/pvc-1/backups/backup_a.cfg", bytes(3));
        files().write("backupstore/volumes/pvc-10/volume.cfg", bytes(3));

        assertThat(files().list("backupstore/volumes/pvc-1"))
                .containsExactlyInAnyOrder(new TargetEntry("volume.cfg", false), new TargetEntry("backups", true));
        assertThat(files().list("backupstore/volumes"))
                .containsExactlyInAnyOrder(new TargetEntry("pvc-1", true), new TargetEntry("pvc-10", true));
        assertThat(files().list("")).containsExactly(new TargetEntry("backupstore", true));
    }

    @Test
    void walkingFindsAllBelowAndNothingBeside() {
        files().write("backupstore/v/pvc-1/blocks/aa/bb/1.blk", bytes(11));
        files().write("backupstore/v/pvc-1/blocks/aa/cc/2.blk", bytes(12));
        files().write("backupstore/v/pvc-1/x", bytes(13));
        files().write("backupstore/v/pvc-10/blocks/aa/bb/3.blk", bytes(14));

        List<String> walked = new ArrayList<>();
        files().walk("backupstore/v/pvc-1", file -> walked.add(file.path() + " " + file.size()));

        assertThat(walked)
                .containsExactlyInAnyOrder(
                        "backupstore/v/pvc-1/blocks/aa/bb/1.blk 11",
                        "backupstore/v/pvc-1/blocks/aa/cc/2.blk 12",
                        "backupstore/v/pvc-1/x 13");
    }

    @Test
    void listingsGoBeyondAThousand() throws InterruptedException {
        int count = 2100;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, count)
                    .forEach(i -> threads.submit(
                            () -> files().write("backupstore/many/%02x/f%04d".formatted(i % 3, i), bytes(1))));
        }

        List<String> walked = new ArrayList<>();
        files().walk("backupstore/many", file -> walked.add(file.path()));
        assertThat(walked).hasSize(count).doesNotHaveDuplicates();
        int listed = IntStream.range(0, 3)
                .map(i -> files().list("backupstore/many/%02x".formatted(i)).size())
                .sum();
        assertThat(listed).isEqualTo(count);
    }

    @Test
    void aFileLongerThanTheLimitIsNotRead() {
        files().write("backupstore/big", bytes(2000));

        assertThat(files().read("backupstore/big", 2000)).hasSize(2000);
        assertCode(ErrorCode.CORRUPT, () -> files().read("backupstore/big", 1999));
    }

    @Test
    void pathsThatLeaveTheTargetAreRefused() {
        for (String path : List.of("/x", "x/", "")) {
            assertThatThrownBy(() -> files().write(path, bytes(1))).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 60)
                    .forEach(i -> threads.submit(() -> {
                        String path = "backupstore/par/%02d/file".formatted(i % 20);
                        files().write(path + i, bytes(i + 1));
                        files().read(path + i, LIMIT);
                        if (i % 2 == 0) {
                            files().delete(path + i);
                        }
                    }));
        }

        List<String> left = new ArrayList<>();
        files().walk("backupstore/par", file -> left.add(file.path() + " " + file.size()));
        assertThat(left)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60)
                        .filter(i -> i % 2 == 1)
                        .mapToObj(i -> "backupstore/par/%02d/file%d %d".formatted(i % 20, i, i + 1))
                        .toList());
    }

    @Test
    void requestsAreCounted() {
        long before = files().requests();
        files().write("backupstore/x", bytes(1));
        files().read("backupstore/x", LIMIT);

        assertThat(files().requests() - before).isBetween(2L, 10L);
    }

    static byte[] bytes(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i * 31 + length);
        }
        return content;
    }

    static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                .extracting(StorageException::code)
                .isEqualTo(code);
    }
}
