package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.ByteRange;
import java.io.IOException;
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
        Path base = Files.write(folder.resolve("base"), superblock);
        byte[] next = superblock.clone();
        next[changedByte] ^= 0x55;
        Path image = Files.write(folder.resolve("image"), next);
        return SnapshotComparison.isSame(image, base, List.of(range));
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
