package io.drover.snapshotter.testing;

import io.drover.core.time.Pause;
import io.drover.snapshotter.trial.TrialS3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real S3 server with a name, whose buckets are hosts too, by HTTP and by HTTPS with a certificate that only its own authority vouches
 * for. One for all tests of this JVM, started by the first.
 */
public final class NamedS3 {
    /** The server's name; {@code <bucket>.} before it is a bucket's. */
    public static final String HOST = "s3.trial.test";

    private static final String SECRET = "secret-key-of-the-named-server";

    private final TrialS3Server server;
    private final int securePort;
    private final String authority;

    private NamedS3(TrialS3Server server, int securePort, String authority) {
        this.server = server;
        this.securePort = securePort;
        this.authority = authority;
    }

    /** The server. */
    public static NamedS3 server() {
        return Holder.SERVER;
    }

    public URI http() {
        return URI.create("http://" + HOST + ":" + server.endpoint().getPort());
    }

    public URI https() {
        return URI.create("https://" + HOST + ":" + securePort);
    }

    /** The certificate of the server's authority, for {@code AWS_CERT}. */
    public String authority() {
        return authority;
    }

    /** Makes a bucket. */
    public void makeBucket(String name) {
        server.makeBucket(name);
    }

    /** Where a bucket's objects lie as files. */
    public Path bucket(String name) {
        return server.bucket(name);
    }

    /** A Secret for one of the server's two addresses. */
    public Map<String, String> secret(URI endpoint) {
        Map<String, String> secret = new HashMap<>(server.credentials());
        secret.put("AWS_ENDPOINTS", endpoint.toString());
        return secret;
    }

    private static final class Holder {
        static final NamedS3 SERVER = start();

        private static NamedS3 start() {
            try {
                Path directory = Files.createTempDirectory("drover-named-s3");
                TrialAuthority authority = new TrialAuthority(directory, List.of(HOST, "*." + HOST));
                int port;
                try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    port = free.getLocalPort();
                }
                TrialS3Server server = TrialS3Server.start(
                        SharedS3.JARS,
                        directory,
                        SECRET,
                        Pause.SLEEP,
                        Map.of(
                                "s3proxy.virtual-host",
                                HOST,
                                // That of the session of a role is one.
                                "s3proxy.ignore-unknown-headers",
                                "true",
                                "s3proxy.secure-endpoint",
                                "https://127.0.0.1:" + port,
                                "s3proxy.keystore-path",
                                authority.keys().toString(),
                                "s3proxy.keystore-password",
                                TrialAuthority.PASSWORD));
                SharedS3.endWithThisProcess(server, directory);
                return new NamedS3(server, port, authority.pem());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
