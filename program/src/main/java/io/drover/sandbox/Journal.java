package io.drover.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A file of numbered lines of equal length, each with a checksum: what survives of it tells exactly which of its writes a
 * disk kept. {@link JournalWriter} writes it.
 *
 * @param records how many intact records there are from the first on, without a gap
 * @param tornBytes bytes behind the last intact record; a record that was being written may leave some
 */
public record Journal(long records, long tornBytes) {
    /** Bytes of a record. */
    static final int RECORD = 64;

    /** Reads it back. Records behind a damaged one count as torn. */
    public static Journal read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int intact = 0;
        while ((intact + 1) * RECORD <= bytes.length && isIntact(bytes, intact)) {
            intact++;
        }
        return new Journal(intact, bytes.length - (long) intact * RECORD);
    }

    /** The bytes of a record, counted from 0. */
    static byte[] encode(long number) {
        String body = String.format(Locale.ROOT, "record %020d of the trial's journal ", number);
        CRC32C checksum = new CRC32C();
        checksum.update(body.getBytes(StandardCharsets.US_ASCII));
        String line = body + String.format(Locale.ROOT, "%08x", checksum.getValue());
        return (line + " ".repeat(RECORD - 1 - line.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isIntact(byte[] bytes, int number) {
        byte[] wanted = encode(number);
        int start = number * RECORD;
        return Arrays.equals(bytes, start, start + RECORD, wanted, 0, RECORD);
    }
}
