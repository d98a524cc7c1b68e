package io.drover.output;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells how far something long has come: on a terminal one line that is written over, elsewhere a line every ten seconds, so that a log
 * stays short. The time left comes from the pace of the whole, which jumps less than that of the moment.
 */
public final class Progress {
    private static final int BAR = 24;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final boolean overwrite;
    private final LongSupplier nanoTime;
    private final long begin;
    private long lastLine;
    private int width;

    /**
     * @param overwrite whether a person looks at a terminal
     * @param nanoTime as {@link System#nanoTime}
     */
    public Progress(PrintWriter out, boolean overwrite, LongSupplier nanoTime) {
        this.out = out;
        this.overwrite = overwrite;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
        this.lastLine = begin - BETWEEN_LINES.toNanos();
    }

    /**
     * Tells where it stands.
     *
     * @param total 0 = not known yet
     * @param remark what it does or waits for, or empty
     */
    public void show(long done, long total, String remark) {
        long now = nanoTime.getAsLong();
        if (!overwrite && now - lastLine < BETWEEN_LINES.toNanos()) {
            return;
        }
        lastLine = now;
        String text = describe(done, total, Duration.ofNanos(now - begin), remark);
        if (overwrite) {
            out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
            width = text.length();
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Leaves the line, so that what follows stands on one of its own. */
    public void end() {
        if (overwrite && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }

    private static String describe(long done, long total, Duration time, String remark) {
        StringBuilder text = new StringBuilder();
        if (total > 0) {
            double share = Math.min(1, (double) done / total);
            int filled = (int) (share * BAR);
            text.append('[')
                    .append("#".repeat(filled))
                    .append(".".repeat(BAR - filled))
                    .append("] ")
                    .append((int) (share * 100))
                    .append(" %  ")
                    .append(Figures.bytes(done))
                    .append(" of ")
                    .append(Figures.bytes(total));
            double seconds = time.toNanos() / 1e9;
            if (done > 0 && seconds >= 1) {
                double pace = done / seconds;
                text.append(", ").append(Figures.bytes((long) pace)).append("/s");
                if (done < total) {
                    text.append(", ")
                            .append(Figures.time(Duration.ofSeconds((long) ((total - done) / pace))))
                            .append(" left");
                }
            }
        }
        if (!remark.isEmpty()) {
            text.append(text.isEmpty() ? "" : "  ").append(remark);
        }
        return text.toString();
    }
}
