package io.drover.core.rpc;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Moments as messages carry them: seconds since 1970 and nanoseconds, without loss either way. */
public final class Timestamps {
    private Timestamps() {}

    public static Timestamp of(Instant moment) {
        return Timestamp.newBuilder()
                .setSeconds(moment.getEpochSecond())
                .setNanos(moment.getNano())
                .build();
    }

    public static Instant instant(Timestamp message) {
        return Instant.ofEpochSecond(message.getSeconds(), message.getNanos());
    }
}
