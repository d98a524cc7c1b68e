package io.drover.snapshotter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BlockCodecTest {
    private static final int MIB_2 = 2 << 20;

    @ParameterizedTest
    @CsvSource({"LZ4,2", "LZ4,16", "GZIP,2", "GZIP,16", "NONE,2", "NONE,16"})
    void whatWasStoredComesBack(Compression method, int mebibytes) {
        int length = mebibytes << 20;
        BlockCompressor compressor = new BlockCompressor(method);
        for (byte[] block : List.of(new byte[length], random(length, 7), mixed(length, 8))) {
            byte[] stored = compressor.compress(block, length);
            assertThat(new BlockSize(length).mayBeStoredIn(stored.length)).isTrue();
            assertThat(decoded(stored, block, method)).isEqualTo(block);
        }
    }

    @Test
    void anLz4FrameIsAsLonghornWritesIt() throws IOException {
        byte[] block = mixed(MIB_2, 1);
        byte[] stored = new BlockCompressor(Compression.LZ4).compress(block, MIB_2);

        assertThat(HexFormat.of().formatHex(stored, 0, 7)).isEqualTo("04224d186470b9");
        try (LZ4FrameInputStream other = new LZ4FrameInputStream(new ByteArrayInputStream(stored))) {
            assertThat(other.readAllBytes()).isEqualTo(block);
        }
        byte[] incompressible = new BlockCompressor(Compression.LZ4).compress(random(MIB_2, 2), MIB_2);
        assertThat(incompressible).hasSize(2_097_171);
    }

    @Test
    void aGzipStreamIsAsLonghornWritesIt() throws IOException {
        byte[] block = mixed(MIB_2, 1);
        byte[] stored = new BlockCompressor(Compression.GZIP).compress(block, MIB_2);

        assertThat(HexFormat.of().formatHex(stored, 0, 10)).isEqualTo("1f8b08000000000000ff");
        try (GZIPInputStream other = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            assertThat(other.readAllBytes()).isEqualTo(block);
        }
    }

    @ParameterizedTest
    @CsvSource({"4", "5", "6", "7"})
    void framesOfOthersAreRead(int size) throws IOException {
        byte[] block = mixed(MIB_2, 3);
        for (LZ4FrameOutputStream.FLG.Bits[] flags : List.of(
                new LZ4FrameOutputStream.FLG.Bits[] {LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE},
                new LZ4FrameOutputStream.FLG.Bits[] {
                    LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
                    LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM,
                    LZ4FrameOutputStream.FLG.Bits.CONTENT_SIZE
                })) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (LZ4FrameOutputStream other = new LZ4FrameOutputStream(
                    bytes, LZ4FrameOutputStream.BLOCKSIZE.valueOf(size), block.length, flags)) {
                other.write(block);
            }
            assertThat(decoded(bytes.toByteArray(), block, Compression.LZ4)).isEqualTo(block);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void theConfiguredMethodIsAHintOnly(Compression hint) {
        byte[] block = mixed(MIB_2, 4);
        for (Compression actual : Compression.values()) {
            assertThat(decoded(new BlockCompressor(actual).compress(block, MIB_2), block, hint))
                    .isEqualTo(block);
        }
    }

    @Test
    void aRawBlockThatLooksLikeAFrameIsReadAsItIs() {
        byte[] block = new byte[MIB_2];
        byte[] frame = new BlockCompressor(Compression.LZ4).compress(random(4096, 5), 4096);
        System.arraycopy(frame, 0, block, 0, frame.length);
        assertThat(decoded(block, block, Compression.NONE)).isEqualTo(block);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void anyDamageIsFound(Compression method) {
        byte[] block = mixed(1 << 16, 6);
        Checksum checksum = new BlockHasher().hash(block, block.length);
        byte[] stored = new BlockCompressor(method).compress(block, block.length);
        BlockDecoder decoder = new BlockDecoder();
        byte[] into = new byte[block.length];
        SplittableRandom random = new SplittableRandom(9);
        int undetected = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = switch (i % 3) {
                case 0 -> Arrays.copyOf(stored, random.nextInt(stored.length));
                case 1 -> Arrays.copyOf(stored, stored.length + 1 + random.nextInt(50));
                default -> stored.clone();
            };
            if (i % 3 == 2) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                decoder.decode(damaged, checksum, method, into, into.length);
                // Some bits carry nothing (gzip's time and file system): then the content must still be right.
                assertThat(into).isEqualTo(block);
                undetected++;
            } catch (StorageException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
                assertThat(e).hasMessageContaining(checksum.toString());
            }
        }
        assertThat(undetected).isLessThan(1100);
    }

    @ParameterizedTest
    @CsvSource({"LZ4", "GZIP"})
    void moreThanABlockIsRefusedWithoutTakingTheMemory(Compression method) throws IOException {
        byte[] bomb = method == Compression.GZIP
                ? gzipOfZeros(200 << 20)
                : new BlockCompressor(method).compress(new byte[64 << 20], 64 << 20);
        byte[] block = new byte[4096];
        Checksum checksum = new BlockHasher().hash(block, block.length);
        assertThatThrownBy(() -> new BlockDecoder().decode(bomb, checksum, method, new byte[4096], 4096))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("more than 4096");
    }

    @Test
    void anotherBlockUnderThisNameIsRefused() {
        byte[] stored = new BlockCompressor(Compression.LZ4).compress(new byte[4096], 4096);
        Checksum other = Checksum.ofText("something else");
        assertThatThrownBy(() -> new BlockDecoder().decode(stored, other, Compression.LZ4, new byte[4096], 4096))
                .hasMessageContaining(other.toString())
                .hasMessageContaining("its content has the checksum");
    }

    private static byte[] gzipOfZeros(int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < length / zeros.length; i++) {
                gzip.write(zeros);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] decoded(byte[] stored, byte[] block, Compression hint) {
        byte[] into = new byte[block.length];
        new BlockDecoder().decode(stored, new BlockHasher().hash(block, block.length), hint, into, into.length);
        return into;
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    /** Half of it random, half of it repeating. */
    private static byte[] mixed(int length, long seed) {
        byte[] bytes = random(length, seed);
        for (int i = length / 4; i < length * 3 / 4; i++) {
            bytes[i] = (byte) (i / 100);
        }
        return bytes;
    }
}
