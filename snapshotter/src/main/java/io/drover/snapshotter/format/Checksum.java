package io.drover.snapshotter.format;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names a block by its content: the first half of SHA-512, which is neither SHA-256 nor SHA-512/256. Four words and no text, since a large
 * volume has hundreds of thousands.
 */
public record Checksum(long word0, long word1, long word2, long word3) {
    static final int HEX_LENGTH = 64;

    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{64}");

    /** Of the bytes of a text, as store paths need it. For blocks see {@link BlockHasher}. */
    static Checksum ofText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new BlockHasher().hash(bytes, bytes.length);
    }

    /** From the first 32 bytes of a digest. */
    static Checksum ofDigest(byte[] digest) {
        ByteBuffer words = ByteBuffer.wrap(digest);
        return new Checksum(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    /** Reads 64 lower-case hex digits; empty if it is anything else. */
    public static Optional<Checksum> find(String text) {
        return TEXT.matcher(text).matches() ? Optional.of(ofDigest(HEX.parseHex(text))) : Optional.empty();
    }

    /**
     * Reads 64 lower-case hex digits.
     *
     * @throws StorageException INVALID if it is anything else
     */
    public static Checksum parse(String text) {
        return find(text)
                .orElseThrow(() -> StorageException.invalid("\"" + NearestName.shown(text)
                        + "\" is not the checksum of a block; that is " + HEX_LENGTH + " lower-case hex digits"));
    }

    /** The 64 hex digits. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(HEX_LENGTH);
        text.append(HEX.toHexDigits(word0)).append(HEX.toHexDigits(word1));
        return text.append(HEX.toHexDigits(word2))
                .append(HEX.toHexDigits(word3))
                .toString();
    }
}
