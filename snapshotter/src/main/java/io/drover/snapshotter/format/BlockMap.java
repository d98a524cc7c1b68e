package io.drover.snapshotter.format;

import io.drover.core.error.StorageException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which block lies where in a volume: entries by ascending offset, each offset once. What no entry covers reads as zeros. It takes 40 bytes
 * per entry, 20 MiB for a volume of 1 TiB in blocks of 2 MiB. Immutable.
 */
public final class BlockMap {
    public static final BlockMap EMPTY = new BlockMap(new long[0], new long[0]);

    private static final int WORDS = 4;

    private final long[] offsets;
    private final long[] words;

    private BlockMap(long[] offsets, long[] words) {
        this.offsets = offsets;
        this.words = words;
    }

    public int size() {
        return offsets.length;
    }

    /** The place of an entry's block in the volume, in bytes. */
    public long offset(int index) {
        return offsets[index];
    }

    /** The block of an entry. */
    public Checksum checksum(int index) {
        int word = index * WORDS;
        return new Checksum(words[word], words[word + 1], words[word + 2], words[word + 3]);
    }

    /** The block at this offset, if an entry begins exactly there. */
    public Optional<Checksum> at(long offset) {
        int index = Arrays.binarySearch(offsets, offset);
        return index < 0 ? Optional.empty() : Optional.of(checksum(index));
    }

    /** The entries of both; where both have one for an offset, that of {@code news}. */
    public BlockMap mergedWith(BlockMap news) {
        Builder merged = new Builder(size() + news.size());
        int mine = 0;
        int other = 0;
        while (mine < size() || other < news.size()) {
            boolean takeNew = other < news.size() && (mine >= size() || news.offset(other) <= offset(mine));
            if (takeNew) {
                if (mine < size() && offset(mine) == news.offset(other)) {
                    mine++;
                }
                merged.add(news.offset(other), news.checksum(other));
                other++;
            } else {
                merged.add(offset(mine), checksum(mine));
                mine++;
            }
        }
        return merged.build();
    }

    /** Puts all checksums into a set. */
    public void addTo(ChecksumSet set) {
        for (int i = 0; i < size(); i++) {
            set.add(checksum(i));
        }
    }

    public static Builder builder() {
        return new Builder(1024);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockMap map && Arrays.equals(offsets, map.offsets) && Arrays.equals(words, map.words);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offsets) + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return size() + " blocks";
    }

    /** Collects entries in any order, from several threads if need be. */
    public static final class Builder {
        private long[] offsets;
        private long[] words;
        private int size;
        private boolean ascending = true;

        private Builder(int capacity) {
            offsets = new long[capacity];
            words = new long[capacity * WORDS];
        }

        public synchronized void add(long offset, Checksum checksum) {
            if (size == offsets.length) {
                int capacity = Math.max(16, size * 2);
                offsets = Arrays.copyOf(offsets, capacity);
                words = Arrays.copyOf(words, capacity * WORDS);
            }
            ascending &= size == 0 || offsets[size - 1] < offset;
            offsets[size] = offset;
            int word = size * WORDS;
            words[word] = checksum.word0();
            words[word + 1] = checksum.word1();
            words[word + 2] = checksum.word2();
            words[word + 3] = checksum.word3();
            size++;
        }

        /**
         * The map.
         *
         * @throws StorageException CORRUPT if two different blocks were added for one offset
         */
        public synchronized BlockMap build() {
            return ascending
                    ? new BlockMap(Arrays.copyOf(offsets, size), Arrays.copyOf(words, size * WORDS))
                    : sorted();
        }

        private BlockMap sorted() {
            // Rare: maps are written in ascending order, and only the pipeline's results come mixed.
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted((a, b) -> Long.compare(offsets[a], offsets[b]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            long[] sortedOffsets = new long[size];
            long[] sortedWords = new long[size * WORDS];
            int count = 0;
            for (int index : order) {
                if (count > 0 && sortedOffsets[count - 1] == offsets[index]) {
                    if (!Arrays.equals(
                            sortedWords,
                            (count - 1) * WORDS,
                            count * WORDS,
                            words,
                            index * WORDS,
                            (index + 1) * WORDS)) {
                        throw StorageException.corrupt("two different blocks are named for offset " + offsets[index]);
                    }
                    continue;
                }
                sortedOffsets[count] = offsets[index];
                System.arraycopy(words, index * WORDS, sortedWords, count * WORDS, WORDS);
                count++;
            }
            return new BlockMap(Arrays.copyOf(sortedOffsets, count), Arrays.copyOf(sortedWords, count * WORDS));
        }
    }
}
