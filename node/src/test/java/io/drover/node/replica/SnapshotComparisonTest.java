package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotComparisonTest {
    private static final ByteRange FIRST_BLOCK = new ByteRange(0, 4096, false);

    @TempDir
    private Path folder;

    private final byte[] superblock = new byte[8192];

    @BeforeEach
    void makeItOneOfExt4() {
        superblock[1024 + 0x38] = 0x53;
        superblock[1024 + 0x39] = (byte) 0xEF;
    }

    private boolean isSameAfter(int changedByte, ByteRange range) throws IOException {
        return isSameAfter(superblock, changedByte, range, false);
    }

    private boolean isSameAfter(byte[] content, int changedByte, ByteRange range, boolean frozen) throws IOException {
        Path base = Files.write(folder.resolve("base"), content);
        byte[] next = content.clone();
        next[changedByte] ^= 0x55;
        Path image = Files.write(folder.resolve("image"), next);
        return SnapshotComparison.isSame(image, base, List.of(range), frozen);
    }

    /** Two groups of 8 blocks, which the log's address counts as 16; the log is block 1 to 2 of the second. */
    private static byte[] xfs() {
        ByteBuffer device = ByteBuffer.allocate(16 * 4096);
        device.putInt(0, 0x58465342)
                .putInt(4, 4096)
                .putLong(48, 16 + 1)
                .putInt(84, 8)
                .putInt(96, 2)
                .put(124, (byte) 4);
        return device.array();
    }

    private static final int LOG = 9 * 4096;

    private boolean isSameXfsAfter(int changedByte, boolean frozen) throws IOException {
        return isSameAfter(xfs(), changedByte, new ByteRange(0, 16 * 4096, false), frozen);
    }

    @Test
    void whatFreezingWritesToXfsIsNothingNew() throws IOException {
        assertThat(isSameXfsAfter(LOG, true)).isTrue();
        assertThat(isSameXfsAfter(LOG + 2 * 4096 - 1, true)).isTrue();
        assertThat(isSameXfsAfter(224, true)).as("checksum").isTrue();
        assertThat(isSameXfsAfter(247, true)).as("place in the log").isTrue();
        assertThat(XfsSuperblock.log(xfs())).contains(new ByteRange(LOG, 2 * 4096, false));
    }

    @Test
    void everythingElseInXfsIs() throws IOException {
        assertThat(isSameXfsAfter(LOG - 1, true)).isFalse();
        assertThat(isSameXfsAfter(LOG + 2 * 4096, true)).isFalse();
        assertThat(isSameXfsAfter(144, true)).as("free blocks").isFalse();
        assertThat(isSameXfsAfter(99, true)).as("another log").isFalse();
    }

    @Test
    void whatWasNotFrozenMayHaveAllThatIsNewInItsLog() throws IOException {
        assertThat(isSameXfsAfter(LOG, false)).isFalse();
        assertThat(isSameXfsAfter(224, false)).isFalse();
    }

    @Test
    void aLogOnAnotherDeviceOrOfSomethingElseIsNone() {
        byte[] external = xfs();
        external[55] = 0;
        assertThat(XfsSuperblock.log(external)).isEmpty();
        assertThat(XfsSuperblock.log(superblock)).isEmpty();
        assertThat(XfsSuperblock.log(new byte[100])).isEmpty();
    }

    @Test
    void theTimeOfWritingOfASuperblockIsNothingNew() throws IOException {
        assertThat(isSameAfter(1024 + 0x30, FIRST_BLOCK)).isTrue();
        assertThat(isSameAfter(1024 + 0x178, FIRST_BLOCK)).isTrue();
        assertThat(isSameAfter(1024 + 0x3FC, FIRST_BLOCK)).isTrue();
    }

    @Test
    void everythingElseIs() throws IOException {
        assertThat(isSameAfter(1024 + 0x0C, FIRST_BLOCK)).as("free blocks").isFalse();
        assertThat(isSameAfter(0, FIRST_BLOCK)).as("the boot block").isFalse();
        assertThat(isSameAfter(5000, new ByteRange(4096, 4096, false))).isFalse();
        superblock[1024 + 0x38] = 0;
        assertThat(isSameAfter(1024 + 0x30, FIRST_BLOCK)).as("no ext4").isFalse();
    }

    @Test
    void muchIsDifferentWithoutALook() throws IOException {
        assertThat(isSameAfter(1024 + 0x30, new ByteRange(0, 2 << 20, false))).isFalse();
    }
}
