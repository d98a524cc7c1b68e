package io.drover.node.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import io.drover.node.extent.ToyFileSystem.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories of writes, discards, copies and deletions from a seed; then every pair of files is compared byte by byte. */
class ExtentMapPropertyTest {
    private static final int HISTORIES = 300;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 20261123})
    void everyByteThatDiffersIsInARangeAndZeroRangesReadAsZeros(long seed) {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(seed * 1_000_003 + history);
            var disk = new ToyFileSystem(random);
            List<File> files = history(random, disk);
            for (File base : files) {
                for (File now : files) {
                    check(disk, base, now, "seed " + seed + ", history " + history);
                }
            }
        }
    }

    private static List<File> history(Random random, ToyFileSystem disk) {
        List<File> files = new ArrayList<>(List.of(disk.empty(8 + random.nextInt(40))));
        for (int step = 0; step < 60; step++) {
            File file = files.get(random.nextInt(files.size()));
            int size = file.places().length;
            int at = random.nextInt(size);
            int end = Math.min(size, at + 1 + random.nextInt(8));
            switch (random.nextInt(10)) {
                case 0, 1 -> files.add(disk.copy(file, size + random.nextInt(2) * random.nextInt(9)));
                case 2 -> {
                    if (files.size() > 1) {
                        files.remove(file);
                        disk.delete(file);
                    }
                }
                case 3, 4 -> {
                    for (int i = at; i < end; i++) {
                        disk.free(file, i);
                    }
                }
                default -> {
                    for (int i = at; i < end; i++) {
                        disk.write(file, i, (byte) random.nextInt(5));
                    }
                }
            }
        }
        return files;
    }

    private static void check(ToyFileSystem disk, File base, File now, String history) {
        List<ByteRange> changed = disk.map(now).changedSince(disk.map(base));
        assertNeat(changed, now.places().length, history);
        for (int i = 0; i < now.places().length; i++) {
            ByteRange range = at(changed, i);
            boolean wasWritten = i < base.places().length && base.places()[i] >= 0;
            boolean isWritten = now.places()[i] >= 0;
            if (disk.content(base, i) != disk.content(now, i)) {
                assertThat(range).as("%s, byte %d differs", history, i).isNotNull();
            }
            assertThat(range != null && range.zero())
                    .as("%s, byte %d is freed", history, i)
                    .isEqualTo(wasWritten && !isWritten);
            if (base == now) {
                assertThat(range).as(history).isNull();
            }
            assertThat(at(disk.map(now).allocated(), i) != null).as(history).isEqualTo(isWritten);
        }
    }

    /** Sorted, inside, and none that touches another one of its kind. */
    private static void assertNeat(List<ByteRange> ranges, long size, String history) {
        for (int i = 0; i < ranges.size(); i++) {
            assertThat(ranges.get(i).end()).as(history).isLessThanOrEqualTo(size);
            if (i > 0) {
                ByteRange last = ranges.get(i - 1);
                boolean joined = last.end() == ranges.get(i).offset()
                        && last.zero() == ranges.get(i).zero();
                assertThat(last.end())
                        .as(history)
                        .isLessThanOrEqualTo(ranges.get(i).offset());
                assertThat(joined).as(history).isFalse();
            }
        }
    }

    private static @Nullable ByteRange at(List<ByteRange> ranges, long offset) {
        for (ByteRange range : ranges) {
            if (range.offset() <= offset && offset < range.end()) {
                return range;
            }
        }
        return null;
    }
}
