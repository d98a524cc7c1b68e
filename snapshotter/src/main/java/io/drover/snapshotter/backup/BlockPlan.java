package io.drover.snapshotter.backup;

import io.drover.core.model.ByteRange;
import java.util.BitSet;

/** Which blocks of an image a backup has to look at: those to read, and those that are known to be zeros. */
final class BlockPlan {
    private final int blockBytes;
    private final int blocks;
    private final BitSet read = new BitSet();
    private final BitSet zero = new BitSet();

    /** A plan without blocks, for an image that is a multiple of the block size. */
    BlockPlan(long imageBytes, int blockBytes) {
        if (imageBytes % blockBytes != 0) {
            throw new IllegalArgumentException(imageBytes + " is no multiple of " + blockBytes);
        }
        this.blockBytes = blockBytes;
        this.blocks = Math.toIntExact(imageBytes / blockBytes);
    }

    /** All that is allocated has to be read; the rest of a new map is left out, which means zeros. */
    void addAllocated(ByteRange range) {
        if (!range.zero()) {
            touch(range);
        }
    }

    /** All that differs has to be recorded: read, or zeros where a whole block was freed. */
    void addChanged(ByteRange range) {
        if (!range.zero()) {
            touch(range);
            return;
        }
        int firstWhole = block(range.offset() + blockBytes - 1);
        int endWhole = Math.min(blocks, block(range.end()));
        // What is freed of a block at the edge says nothing of the rest of it.
        if (firstWhole >= endWhole) {
            touch(range);
            return;
        }
        zero.set(firstWhole, endWhole);
        if (range.offset() % blockBytes != 0) {
            set(read, firstWhole - 1, firstWhole);
        }
        if (range.end() % blockBytes != 0) {
            set(read, endWhole, endWhole + 1);
        }
    }

    /** A block whose content has to be sent again, whether or not it changed. */
    void addBlock(long offset) {
        int block = block(offset);
        if (block < blocks && !zero.get(block)) {
            read.set(block);
        }
    }

    /** Whether the block was found to be zeros without reading it. A touched block is read, whatever else is known of it. */
    boolean isZero(int block) {
        return zero.get(block) && !read.get(block);
    }

    /** The next block to look at, from this one on, or -1. */
    int next(int block) {
        int nextRead = read.nextSetBit(block);
        int nextZero = zero.nextSetBit(block);
        if (nextRead < 0 || nextZero < 0) {
            return Math.max(nextRead, nextZero);
        }
        return Math.min(nextRead, nextZero);
    }

    /** How many blocks there are to look at. */
    int count() {
        BitSet all = (BitSet) read.clone();
        all.or(zero);
        return all.cardinality();
    }

    private void touch(ByteRange range) {
        set(read, block(range.offset()), block(range.end() - 1) + 1);
    }

    private void set(BitSet set, int from, int to) {
        set.set(Math.min(from, blocks), Math.min(to, blocks));
    }

    private int block(long offset) {
        return Math.toIntExact(Math.min(offset / blockBytes, blocks));
    }
}
