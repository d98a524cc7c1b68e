package io.drover.cli;

import com.google.protobuf.Timestamp;
import io.drover.core.model.ByteSize;
import io.drover.core.rpc.Timestamps;
import java.time.temporal.ChronoUnit;

/** How single values are shown: times in UTC to the second, sizes as they are written on a command line. */
final class Shown {
    private Shown() {}

    static String time(Timestamp time) {
        return time.getSeconds() == 0
                ? ""
                : Timestamps.instant(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** A size; empty when it is not known. */
    static String size(long bytes) {
        return bytes < 0 ? "" : new ByteSize(bytes).toString();
    }
}
