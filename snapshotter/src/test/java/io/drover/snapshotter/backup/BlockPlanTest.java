package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockPlanTest {
    private static final int BLOCK = 100;

    @Test
    void allocatedRangesTouchWholeBlocksAndZerosNone() {
        BlockPlan plan = new BlockPlan(1000, BLOCK);
        plan.addAllocated(new ByteRange(50, 10, false));
        plan.addAllocated(new ByteRange(199, 2, false));
        plan.addAllocated(new ByteRange(400, 300, true));
        plan.addAllocated(new ByteRange(900, 5000, false));
        assertThat(shown(plan)).containsExactly("0 read", "1 read", "2 read", "9 read");
    }

    @Test
    void freedBlocksAreZerosAndTheirEdgesAreRead() {
        BlockPlan plan = new BlockPlan(1000, BLOCK);
        plan.addChanged(new ByteRange(150, 250, true));
        plan.addChanged(new ByteRange(500, 100, true));
        plan.addChanged(new ByteRange(710, 80, true));
        plan.addChanged(new ByteRange(950, 50, true));
        assertThat(shown(plan)).containsExactly("1 read", "2 zero", "3 zero", "5 zero", "7 read", "9 read");
    }

    @Test
    void whatIsTouchedIsReadEvenIfMostOfItWasFreed() {
        BlockPlan plan = new BlockPlan(1000, BLOCK);
        plan.addChanged(new ByteRange(100, 300, true));
        plan.addChanged(new ByteRange(250, 1, false));
        assertThat(shown(plan)).containsExactly("1 zero", "2 read", "3 zero");
        assertThat(plan.count()).isEqualTo(3);
    }

    @Test
    void badBlocksAreReadAgainUnlessTheyAreZerosNowOrOutside() {
        BlockPlan plan = new BlockPlan(1000, BLOCK);
        plan.addChanged(new ByteRange(100, 100, true));
        plan.addBlock(100);
        plan.addBlock(300);
        plan.addBlock(5000);
        assertThat(shown(plan)).containsExactly("1 zero", "3 read");
    }

    /** Against the obvious model, byte by byte. */
    @Test
    void randomRangesGiveWhatTheModelGives() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int blocks = 1 + random.nextInt(20);
            BlockPlan plan = new BlockPlan((long) blocks * BLOCK, BLOCK);
            boolean[] data = new boolean[blocks * BLOCK];
            boolean[] freed = new boolean[blocks * BLOCK];
            int at = random.nextInt(BLOCK);
            List<ByteRange> ranges = new ArrayList<>();
            boolean lastZero = false;
            while (at < data.length) {
                int length = Math.min(1 + random.nextInt(3 * BLOCK), data.length - at);
                boolean zero = !lastZero && random.nextBoolean();
                ranges.add(new ByteRange(at, length, zero));
                java.util.Arrays.fill(zero ? freed : data, at, at + length, true);
                lastZero = zero;
                at += length + 1 + random.nextInt(2 * BLOCK);
            }
            ranges.forEach(plan::addChanged);

            List<String> expected = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                int freedBytes = count(freed, block);
                if (count(data, block) > 0 || freedBytes > 0 && freedBytes < BLOCK) {
                    expected.add(block + " read");
                } else if (freedBytes == BLOCK) {
                    expected.add(block + " zero");
                }
            }
            assertThat(shown(plan)).as("seed " + seed + ": " + ranges).isEqualTo(expected);
        }
    }

    private static int count(boolean[] bytes, int block) {
        int count = 0;
        for (int i = 0; i < BLOCK; i++) {
            count += bytes[block * BLOCK + i] ? 1 : 0;
        }
        return count;
    }

    private static List<String> shown(BlockPlan plan) {
        List<String> shown = new ArrayList<>();
        for (int block = plan.next(0); block >= 0; block = plan.next(block + 1)) {
            shown.add(block + (plan.isZero(block) ? " zero" : " read"));
        }
        return shown;
    }
}
