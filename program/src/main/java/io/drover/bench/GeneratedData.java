package io.drover.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a volume is filled with: the same bytes for the same seed. Every second block is incompressible; of the others half of each page is
 * zeros. No two blocks are equal, so that a backup can spare itself none.
 */
final class GeneratedData {
    private static final int PAGE = 4096;

    private final long seed;
    private final int blockBytes;

    /** Blocks of so many bytes, a multiple of a page. */
    GeneratedData(long seed, int blockBytes) {
        this.seed = seed;
        this.blockBytes = blockBytes;
    }

    int blockBytes() {
        return blockBytes;
    }

    /** A block as a new array. */
    byte[] block(int number) {
        byte[] block = new byte[blockBytes];
        fill(number, block);
        return block;
    }

    /** Fills the array with the block of this number. */
    void fill(int number, byte[] block) {
        SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (number + 1L));
        random.nextBytes(block);
        if (number % 2 == 1) {
            for (int page = 0; page < blockBytes; page += PAGE) {
                Arrays.fill(block, page + PAGE / 2, page + PAGE, (byte) 0);
            }
        }
    }
}
