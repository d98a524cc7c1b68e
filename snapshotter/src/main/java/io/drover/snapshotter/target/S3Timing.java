package io.drover.snapshotter.target;

import java.time.Duration;

/**
 * How patient we are with an S3 server.
 *
 * @param readAttempts of everything that only reads
 * @param writeAttempts of writes and deletions, which a backup must not lose for a server's short rest
 * @param firstDelay before the second attempt; each further one is twice as long, shortened at random
 * @param throttledDelay the same, after the server asked to slow down
 * @param longestDelay of all
 * @param connect for the connection
 * @param silence how long a connection may stay without a byte
 * @param attempt for a whole request with its answer; a block on a slow line takes long
 * @param connections at most, to one target
 */
public record S3Timing(
        int readAttempts,
        int writeAttempts,
        Duration firstDelay,
        Duration throttledDelay,
        Duration longestDelay,
        Duration connect,
        Duration silence,
        Duration attempt,
        int connections) {
    /** For real servers. */
    public static final S3Timing USUAL = new S3Timing(
            5,
            10,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            128);

    /** All attempts of one call together. */
    Duration whole() {
        return attempt.multipliedBy(3);
    }
}
