package io.drover.output;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: three or so digits and a unit, always with a decimal point. */
public final class Figures {
    private Figures() {}

    /** A time: {@code 0.4 ms}, {@code 12 ms}, {@code 1.25 s}, {@code 75 s}. */
    public static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis < 10) {
            return format("%.1f ms", millis);
        }
        if (millis < 1000) {
            return format("%.0f ms", millis);
        }
        return millis < 60_000 ? format("%.2f s", millis / 1000) : format("%.0f s", millis / 1000);
    }

    /** A number of bytes in units of 1024: {@code 512 B}, {@code 1.5 MiB}, {@code 10 GiB}. */
    public static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        String number = value >= 100 || value == Math.rint(value) ? format("%.0f", value) : format("%.1f", value);
        return number + " " + units[unit];
    }

    /** A count with its thousands apart: {@code 1,000,000}. */
    public static String count(long count) {
        return format("%,d", count);
    }

    /** A ratio: {@code 0.97}. */
    public static String ratio(double ratio) {
        return Double.isFinite(ratio) ? format("%.2f", ratio) : "-";
    }

    private static String format(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
