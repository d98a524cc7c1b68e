package io.drover.snapshotter.testing;

import io.drover.core.time.Pause;
import io.drover.snapshotter.trial.TrialS3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One real S3 server for all tests of this JVM, started by the first; each test has a bucket of its own. */
public final class SharedS3 {
    public static final String SECRET = "trial-secret-key-of-tests";

    static final Path JARS = Path.of(System.getProperty("drover.s3proxy", "../e2e/trial-s3/target/s3proxy"));

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private SharedS3() {}

    /** The server. */
    public static TrialS3Server server() {
        return Holder.SERVER;
    }

    /** A new, empty bucket. */
    public static String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        server().makeBucket(name);
        return name;
    }

    static void endWithThisProcess(TrialS3Server server, Path directory) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            server.close();
            delete(directory);
        }));
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Holder {
        static final TrialS3Server SERVER = start();

        private static TrialS3Server start() {
            try {
                Path directory = Files.createTempDirectory("drover-s3");
                TrialS3Server server = TrialS3Server.start(JARS, directory, SECRET, Pause.SLEEP);
                endWithThisProcess(server, directory);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
