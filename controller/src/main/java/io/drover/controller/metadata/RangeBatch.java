package io.drover.controller.metadata;

import io.drover.core.model.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins ranges that touch, whether they hold data or were freed, and hands them on in lists of limited length. Pure; one use.
 */
final class RangeBatch {
    private final int limit;
    private final Consumer<List<ByteRange>> receiver;
    private final List<ByteRange> full = new ArrayList<>();
    private @Nullable ByteRange open;
    private boolean sent;

    RangeBatch(int limit, Consumer<List<ByteRange>> receiver) {
        this.limit = limit;
        this.receiver = receiver;
    }

    /** Takes the next range, which begins where the last one ended, or later. */
    void add(ByteRange range) {
        ByteRange last = open;
        if (last == null) {
            open = range;
        } else if (last.end() == range.offset()) {
            open = new ByteRange(last.offset(), last.length() + range.length(), false);
        } else {
            close(last);
            open = range;
        }
    }

    /** Hands the rest on; an empty list if there was nothing at all, so that the receiver hears at least once. */
    void end() {
        ByteRange last = open;
        if (last != null) {
            close(last);
        }
        if (!full.isEmpty() || !sent) {
            send();
        }
    }

    private void close(ByteRange range) {
        full.add(range);
        if (full.size() == limit) {
            send();
        }
    }

    private void send() {
        receiver.accept(List.copyOf(full));
        full.clear();
        sent = true;
    }
}
