package io.drover.snapshotter.trial;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.ChildProcess;
import io.drover.core.time.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * S3Proxy as a process of its own, on a free port of the loopback interface, with a directory for its buckets: a real S3 server, whose
 * signatures, errors and listings are not ours. It ends with {@link #close}; a parent that is killed leaves it behind.
 */
public final class TrialS3Server implements AutoCloseable {
    private static final String REGION = "us-east-1";
    private static final String KEY = "trial-access-key";
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int READY_STEPS = 600;
    private static final int STARTS = 3;
    private static final Duration END = Duration.ofSeconds(10);
    private static final int PATIENCE_MILLIS = 5000;

    private static final String LOGGING = """
            <configuration>
              <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder></appender>
              <root level="WARN"><appender-ref ref="OUT"/></root>
            </configuration>
            """;

    private final ChildProcess process;
    private final Path buckets;
    private final int port;
    private final String secret;
    private final Pause pause;

    private TrialS3Server(ChildProcess process, Path buckets, int port, String secret, Pause pause) {
        this.process = process;
        this.buckets = buckets;
        this.port = port;
        this.secret = secret;
        this.pause = pause;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param jars the folder of S3Proxy's jars (module e2e/trial-s3)
     * @param directory for configuration, log and buckets; made if missing, kept at the end
     * @param secret the secret access key that clients need
     * @throws StorageException UNAVAILABLE with the end of its log if it does not start
     */
    public static TrialS3Server start(Path jars, Path directory, String secret, Pause pause) {
        return start(jars, directory, secret, pause, Map.of());
    }

    /**
     * As {@link #start(Path, Path, String, Pause)}.
     *
     * @param settings of S3Proxy besides, such as a second endpoint with TLS
     */
    public static TrialS3Server start(
            Path jars, Path directory, String secret, Pause pause, Map<String, String> settings) {
        if (!Files.isRegularFile(jars.resolve("s3proxy-4.1.0.jar"))) {
            throw StorageException.inUse("cannot start the trial S3 server: " + jars
                    + " does not hold S3Proxy; build them: ./mvnw -pl e2e/trial-s3 package");
        }
        try {
            Files.createDirectories(directory.resolve("buckets"));
            Files.writeString(directory.resolve("logback.xml"), LOGGING);
            for (int attempt = 1; ; attempt++) {
                // Another process may take the port in between; then it ends at once, and another port is tried.
                TrialS3Server server = launch(jars, directory, freePort(), secret, pause, settings);
                if (server.becomesReady()) {
                    return server;
                }
                server.close();
                if (attempt == STARTS) {
                    throw StorageException.unavailable(
                            "cannot start the trial S3 server: " + tail(directory.resolve("s3proxy.log")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the trial S3 server in " + directory, e);
        }
    }

    /** Makes a bucket. One that exists is fine. */
    public void makeBucket(String name) {
        try {
            Files.createDirectories(bucket(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the bucket " + name, e);
        }
    }

    /** Where a bucket's objects lie as files, which may be looked at and damaged. */
    public Path bucket(String name) {
        return buckets.resolve(name);
    }

    /** The address for {@code AWS_ENDPOINTS}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The URL of a target in a bucket. */
    public String url(String bucket, String path) {
        return "s3://" + bucket + "@" + REGION + "/" + path;
    }

    /** The keys of a Secret for this server. */
    public Map<String, String> credentials() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", KEY,
                "AWS_SECRET_ACCESS_KEY", secret,
                "AWS_ENDPOINTS", endpoint().toString());
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the process and waits for that. Closing again does nothing. */
    @Override
    public void close() {
        try {
            if (!process.terminate(END)) {
                process.kill();
            }
        } catch (InterruptedException e) {
            process.close();
            Thread.currentThread().interrupt();
        }
    }

    private static TrialS3Server launch(
            Path jars, Path directory, int port, String secret, Pause pause, Map<String, String> settings)
            throws IOException {
        Path buckets = directory.resolve("buckets").toAbsolutePath();
        Path configuration = directory.resolve("s3proxy.properties").toAbsolutePath();
        Files.deleteIfExists(configuration);
        Files.createFile(
                configuration, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> lines = new ArrayList<>(List.of(
                "s3proxy.endpoint=http://127.0.0.1:" + port,
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + KEY,
                "s3proxy.credential=" + secret,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + buckets));
        settings.forEach((name, value) -> lines.add(name + "=" + value));
        Files.write(configuration, lines);
        ChildProcess process = ChildProcess.start(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of(
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile="
                                + directory.resolve("logback.xml").toAbsolutePath(),
                        "-cp",
                        jars.toAbsolutePath() + "/*",
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        configuration.toString()),
                directory.resolve("s3proxy.log").toAbsolutePath());
        return new TrialS3Server(process, buckets, port, secret, pause);
    }

    private boolean becomesReady() {
        for (int step = 0; step < READY_STEPS && process.isAlive(); step++) {
            if (answers()) {
                return process.isAlive();
            }
            try {
                pause.forDuration(STEP);
            } catch (StorageException e) {
                close();
                throw new StorageException(ErrorCode.TIMEOUT, "interrupted while the trial S3 server started", e);
            }
        }
        return false;
    }

    /** Any answer will do; without a signature it is a refusal. */
    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) endpoint().toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String tail(Path log) throws IOException {
        String text = Files.exists(log) ? Files.readString(log).strip() : "";
        return "it ended or did not answer"
                + (text.isEmpty() ? "" : "; its log ends: " + text.substring(Math.max(0, text.length() - 500)));
    }
}
