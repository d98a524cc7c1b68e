package io.drover.snapshotter.lock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lock as it lies in the store.
 *
 * @param name of the lock
 * @param type its number
 * @param acquired false while its owner still looks for others
 * @param written by the server's clock
 */
record LockFile(String name, int type, boolean acquired, Instant written) {
    /** A lock that was not written again for so long is abandoned. */
    static final Duration EXPIRY = Duration.ofSeconds(150);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static byte[] bytes(String name, LockType type, boolean acquired) {
        return ("{\"Name\":\"" + name + "\",\"Type\":" + type.number() + ",\"Acquired\":" + acquired + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads it; empty if it makes no sense, which others skip too. */
    static Optional<LockFile> parse(String name, byte[] json, Instant written) {
        try {
            JsonNode lock = MAPPER.readTree(json);
            return lock.isObject()
                    ? Optional.of(new LockFile(
                            name,
                            lock.path("Type").asInt(0),
                            lock.path("Acquired").asBoolean(false),
                            written))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it goes before another: acquired ones first, then by time, then by name. */
    boolean precedes(LockFile other) {
        if (acquired != other.acquired) {
            return acquired;
        }
        int order = written.compareTo(other.written);
        return order != 0 ? order < 0 : name.compareTo(other.name) < 0;
    }

    /** Whether its owner is gone. Both times are the server's. */
    boolean isExpiredAt(Instant serverNow) {
        return written.plus(EXPIRY).isBefore(serverNow);
    }
}
