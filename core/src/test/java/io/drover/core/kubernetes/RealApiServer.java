package io.drover.core.kubernetes;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A real etcd and a real kube-apiserver on loopback, with the driver's definitions. Needs no root. The binaries are those of the lab that
 * {@code e2e/chart} uses; where they are not, tests are skipped and say so.
 */
final class RealApiServer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Path DEFINITIONS = Path.of("..", "charts", "drover", "crds");
    private static final String ADMIN = "admin-token";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final int port = freePort();
    private final KubernetesClient admin;

    private RealApiServer(Path folder) {
        this.folder = folder;
        this.admin = new KubernetesClientBuilder().withConfig(config(ADMIN)).build();
    }

    /** Starts both; ends the test as skipped, with the reason, where they cannot be. */
    static RealApiServer start() throws IOException {
        Path binaries = binaries();
        for (String name : List.of("etcd", "kube-apiserver")) {
            Assumptions.assumeTrue(
                    Files.isExecutable(binaries.resolve(name)),
                    () -> "SKIPPED: there is no " + name + " in " + binaries
                            + "; build the lab (e2e/chart/run does), or set DROVER_KUBE_BINARIES");
        }
        Assumptions.assumeTrue(
                Files.isDirectory(DEFINITIONS), () -> "SKIPPED: there are no definitions in " + DEFINITIONS);
        RealApiServer server = new RealApiServer(Files.createTempDirectory("drover-api-"));
        try {
            server.run(binaries);
            return server;
        } catch (IOException | RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** All rights. */
    KubernetesClient admin() {
        return admin;
    }

    /** A connection with all rights to a namespace, which is made if it is not there. */
    KubernetesConnection connect(String namespace) {
        admin.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return new KubernetesConnection(
                new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(config(ADMIN))
                                .withNamespace(namespace)
                                .withRequestRetryBackoffLimit(0)
                                .build())
                        .build(),
                namespace);
    }

    @Override
    public void close() {
        admin.close();
        // The API server first: without etcd it would linger.
        for (Process process : processes.reversed()) {
            process.destroyForcibly();
            try {
                process.waitFor(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path binaries() {
        String given = System.getenv("DROVER_KUBE_BINARIES");
        if (given != null) {
            return Path.of(given);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path caches = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return caches.resolve("k8s-lab").resolve("bin");
    }

    private void run(Path binaries) throws IOException {
        int etcd = freePort();
        String etcdUrl = "http://127.0.0.1:" + etcd;
        String peerUrl = "http://127.0.0.1:" + freePort();
        launch(
                binaries.resolve("etcd"),
                "--name=test",
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--log-level=warn",
                "--listen-client-urls=" + etcdUrl,
                "--advertise-client-urls=" + etcdUrl,
                "--listen-peer-urls=" + peerUrl,
                "--initial-advertise-peer-urls=" + peerUrl,
                "--initial-cluster=test=" + peerUrl);
        keys();
        Files.writeString(folder.resolve("tokens"), ADMIN + ",admin,1,\"system:masters\"\n");
        launch(
                binaries.resolve("kube-apiserver"),
                "--etcd-servers=" + etcdUrl,
                "--bind-address=127.0.0.1",
                "--secure-port=" + port,
                "--cert-dir=" + folder.resolve("certificates"),
                "--authorization-mode=RBAC",
                "--token-auth-file=" + folder.resolve("tokens"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--service-cluster-ip-range=10.99.0.0/24",
                "--disable-admission-plugins=ServiceAccount",
                "--profiling=false");
        Awaitility.await("the API server (" + folder.resolve("log") + ")")
                .atMost(START)
                .pollInterval(Duration.ofMillis(300))
                .until(this::isReady);
        define();
    }

    private boolean isReady() {
        if (processes.stream().anyMatch(process -> !process.isAlive())) {
            throw new IllegalStateException("a process ended:\n" + log());
        }
        try {
            return String.valueOf(admin.raw("/readyz")).equals("ok");
        } catch (KubernetesClientException e) {
            return false; // not yet
        }
    }

    private void define() throws IOException {
        try (Stream<Path> files = Files.list(DEFINITIONS)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                try (InputStream in = Files.newInputStream(file)) {
                    admin.load(in).serverSideApply();
                }
            }
        }
        Awaitility.await("the definitions")
                .atMost(START)
                .until(() -> admin.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                        .allMatch(each -> each.getStatus() != null
                                && each.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True"))));
    }

    private void launch(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start());
    }

    private String log() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Of the service accounts' tokens. */
    private void keys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pem(String name, String type, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(name), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private Config config(String token) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:" + port + "/")
                .withTrustCerts(true)
                .withOauthToken(token)
                .build();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
