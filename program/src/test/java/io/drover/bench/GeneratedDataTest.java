package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.snapshotter.format.BlockCompressor;
import io.drover.snapshotter.format.Compression;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedDataTest {
    private static final int BLOCK = 64 << 10;

    private final GeneratedData data = new GeneratedData(4, BLOCK);

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(new GeneratedData(4, BLOCK).block(3)).isEqualTo(data.block(3));
        assertThat(new GeneratedData(5, BLOCK).block(3)).isNotEqualTo(data.block(3));
    }

    @Test
    void noTwoBlocksAreEqual() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(new String(data.block(i), StandardCharsets.ISO_8859_1));
        }

        assertThat(seen).hasSize(100);
    }

    @Test
    void everySecondBlockShrinksToHalf() {
        BlockCompressor compressor = new BlockCompressor(Compression.LZ4);

        assertThat(compressor.compress(data.block(0), BLOCK).length).isGreaterThanOrEqualTo(BLOCK);
        assertThat(compressor.compress(data.block(1), BLOCK).length).isBetween(BLOCK / 2, BLOCK * 6 / 10);
    }
}
