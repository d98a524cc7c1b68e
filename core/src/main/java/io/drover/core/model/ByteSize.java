package io.drover.core.model;

import io.drover.core.error.StorageException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, never negative. Text is Kubernetes' quantity notation: {@code 10Gi}, {@code 500M}, {@code 1048576}.
 *
 * @param bytes 0 or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** Every volume's size is a multiple of this: the backup format's smallest block. */
    public static final ByteSize STEP = ofMebi(2);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,3}))?(|[kKMGTP]i?)B?");
    private static final String UNITS = "KMGTP";

    public ByteSize {
        if (bytes < 0) {
            throw StorageException.outOfRange("a size of " + bytes + " bytes is not possible; it must not be negative");
        }
    }

    public static ByteSize ofMebi(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    public static ByteSize ofGibi(long gibibytes) {
        return new ByteSize(Math.multiplyExact(gibibytes, 1L << 30));
    }

    /**
     * Reads a quantity such as {@code 10Gi}.
     *
     * @throws StorageException INVALID if it is not one, OUT_OF_RANGE if it exceeds 2^63-1
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw StorageException.invalid(
                    "\"" + text + "\" is not a size; write for example 10Gi, 500Mi or a number of bytes");
        }
        String unit = matcher.group(3);
        long factor = 1;
        if (!unit.isEmpty()) {
            int power = UNITS.indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
            factor = (long) Math.pow(unit.endsWith("i") ? 1024 : 1000, power);
        }
        try {
            long whole = Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
            String fraction = matcher.group(2);
            long part = fraction == null ? 0 : (long) (Double.parseDouble("0." + fraction) * factor);
            return new ByteSize(Math.addExact(whole, part));
        } catch (ArithmeticException e) {
            throw StorageException.outOfRange("\"" + text + "\" is larger than any disk");
        }
    }

    /**
     * The next multiple of {@link #STEP}, at least one step.
     *
     * @throws StorageException OUT_OF_RANGE if there is none below 2^63
     */
    public ByteSize roundedUp() {
        long steps = Math.max(1, bytes / STEP.bytes + (bytes % STEP.bytes == 0 ? 0 : 1));
        if (steps > Long.MAX_VALUE / STEP.bytes) {
            throw StorageException.outOfRange("a size of " + bytes + " bytes is larger than any disk");
        }
        return new ByteSize(steps * STEP.bytes);
    }

    public boolean isLargerThan(ByteSize other) {
        return bytes > other.bytes;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** For people: {@code 10Gi}, {@code 1.5Gi}, {@code 300B}. */
    @Override
    public String toString() {
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        if (unit < 0) {
            return bytes + "B";
        }
        String number = String.format(Locale.ROOT, "%.1f", value);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + UNITS.charAt(unit) + "i";
    }
}
