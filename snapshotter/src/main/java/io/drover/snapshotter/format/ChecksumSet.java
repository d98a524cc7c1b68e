package io.drover.snapshotter.format;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Many checksums in little memory: four words each in one array, found by linear probing (a checksum is its own hash). Several threads may
 * look into it while nobody adds.
 */
public final class ChecksumSet {
    private static final int WORDS = 4;
    private static final int SMALLEST = 64;

    private long[] table = new long[SMALLEST * WORDS];
    private boolean zeroAdded;
    private int size;

    /** Adds it; false if it was there. */
    public boolean add(Checksum checksum) {
        if (isZero(checksum)) {
            boolean added = !zeroAdded;
            zeroAdded = true;
            size += added ? 1 : 0;
            return added;
        }
        int slot = slotOf(checksum);
        if (!isFree(slot)) {
            return false;
        }
        put(slot, checksum);
        size++;
        if (size > table.length / WORDS / 2) {
            grow();
        }
        return true;
    }

    public boolean contains(Checksum checksum) {
        return isZero(checksum) ? zeroAdded : !isFree(slotOf(checksum));
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** One that the other set does not have; empty if it has all. */
    public Optional<Checksum> firstNotIn(ChecksumSet other) {
        if (zeroAdded && !other.zeroAdded) {
            return Optional.of(new Checksum(0, 0, 0, 0));
        }
        for (int slot = 0; slot < table.length; slot += WORDS) {
            Checksum checksum = new Checksum(table[slot], table[slot + 1], table[slot + 2], table[slot + 3]);
            if (!isFree(slot) && !other.contains(checksum)) {
                return Optional.of(checksum);
            }
        }
        return Optional.empty();
    }

    /** Each of them, in no order. */
    public void forEach(Consumer<Checksum> receiver) {
        if (zeroAdded) {
            receiver.accept(new Checksum(0, 0, 0, 0));
        }
        for (int slot = 0; slot < table.length; slot += WORDS) {
            if (!isFree(slot)) {
                receiver.accept(new Checksum(table[slot], table[slot + 1], table[slot + 2], table[slot + 3]));
            }
        }
    }

    /** Where it is, or the free place where it would be. */
    private int slotOf(Checksum checksum) {
        int mask = table.length / WORDS - 1;
        int place = (int) checksum.word3() & mask;
        while (true) {
            int slot = place * WORDS;
            if (isFree(slot)
                    || (table[slot] == checksum.word0()
                            && table[slot + 1] == checksum.word1()
                            && table[slot + 2] == checksum.word2()
                            && table[slot + 3] == checksum.word3())) {
                return slot;
            }
            place = (place + 1) & mask;
        }
    }

    private void grow() {
        long[] old = table;
        table = new long[Math.multiplyExact(old.length, 2)];
        for (int slot = 0; slot < old.length; slot += WORDS) {
            Checksum checksum = new Checksum(old[slot], old[slot + 1], old[slot + 2], old[slot + 3]);
            if (!isZero(checksum)) {
                put(slotOf(checksum), checksum);
            }
        }
    }

    private void put(int slot, Checksum checksum) {
        table[slot] = checksum.word0();
        table[slot + 1] = checksum.word1();
        table[slot + 2] = checksum.word2();
        table[slot + 3] = checksum.word3();
    }

    private boolean isFree(int slot) {
        return table[slot] == 0 && table[slot + 1] == 0 && table[slot + 2] == 0 && table[slot + 3] == 0;
    }

    private static boolean isZero(Checksum checksum) {
        return checksum.word0() == 0 && checksum.word1() == 0 && checksum.word2() == 0 && checksum.word3() == 0;
    }

    @Override
    public String toString() {
        return size + " checksums, " + Arrays.hashCode(table);
    }
}
