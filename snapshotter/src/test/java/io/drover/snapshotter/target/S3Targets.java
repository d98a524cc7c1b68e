package io.drover.snapshotter.target;

import io.drover.core.time.Pause;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens S3 targets for tests, with little patience. */
final class S3Targets {
    /** Quick, with as many attempts as in earnest. */
    static final S3Timing QUICK = new S3Timing(
            5,
            10,
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            Duration.ofMillis(700),
            Duration.ofSeconds(60),
            64);

    /** Connections are shared and reused, as in earnest. */
    private static final Map<S3Timing, TargetOpener> OPENERS = new ConcurrentHashMap<>();

    private S3Targets() {}

    static TargetFiles open(String url, Map<String, String> secret) {
        return open(url, secret, QUICK);
    }

    static TargetFiles open(String url, Map<String, String> secret, S3Timing timing) {
        return OPENERS.computeIfAbsent(timing, _ -> opener(timing, Map.of()))
                .open(TargetAddress.parse(url), TargetCredentials.of(secret));
    }

    /** An opener in a process with this environment. */
    static TargetOpener opener(S3Timing timing, Map<String, String> environment) {
        return new TargetOpener(NfsMounts.NONE, environment, timing, Clock.systemUTC(), Pause.SLEEP, System::nanoTime);
    }

    /** The same Secret with another endpoint. */
    static Map<String, String> at(URI endpoint, Map<String, String> secret) {
        return with(secret, "AWS_ENDPOINTS", endpoint.toString());
    }

    static Map<String, String> with(Map<String, String> secret, String key, String value) {
        Map<String, String> changed = new HashMap<>(secret);
        changed.put(key, value);
        return changed;
    }
}
