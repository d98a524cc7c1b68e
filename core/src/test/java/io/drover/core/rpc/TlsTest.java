package io.drover.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.tls.TestAuthority;
import io.drover.core.tls.TlsFolder;
import io.drover.csi.v1.GetPluginInfoRequest;
import io.drover.csi.v1.GetPluginInfoResponse;
import io.drover.csi.v1.IdentityGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class TlsTest {
    private static final CallInterceptor CALLS = new CallInterceptor(System::nanoTime, CallListener.NONE);
    private static final String CONTROLLER = "drover-controller";
    private static final String NODE = "drover-node";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static TestAuthority authority;
    private static TestAuthority stranger;
    private static Path node;
    private static Path controller;

    private final java.util.ArrayDeque<AutoCloseable> opened = new java.util.ArrayDeque<>();

    @BeforeAll
    static void certificates() throws IOException {
        authority = new TestAuthority(Files.createDirectory(shared.resolve("ours")));
        stranger = new TestAuthority(Files.createDirectory(shared.resolve("theirs")));
        node = authority.issue(shared.resolve("node"), NODE);
        controller = authority.issue(shared.resolve("controller"), CONTROLLER);
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void bothSidesProveWhoTheyAre() {
        int port = serve(node, Clock.systemUTC());

        assertThat(ask(port, controller)).isEqualTo("here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA"})
    void otherKeysServeAsWell(String algorithm) {
        int port = serve(authority.issue(folder.resolve("n"), NODE, "-1d", 5, algorithm), Clock.systemUTC());

        assertThat(ask(port, authority.issue(folder.resolve("c"), CONTROLLER, "-1d", 5, algorithm)))
                .isEqualTo("here");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        int port = serve(stranger.issue(folder.resolve("n"), NODE), Clock.systemUTC());

        assertThatThrownBy(() -> ask(port, controller))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("no connection to the agent of node n1")
                .hasMessageContaining("is not signed by the authority in " + controller.resolve("ca.crt"))
                .hasMessageContaining("authority of theirs")
                .hasMessageContaining("give both sides certificates of the same authority");
    }

    @Test
    void aServerMadeForAnotherNameIsRefused() {
        int port = serve(authority.issue(folder.resolve("n"), "drover-webhook"), Clock.systemUTC());

        assertThatThrownBy(() -> ask(port, controller))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("is made for drover-webhook, and not for drover-node");
    }

    @Test
    void anExpiredServerIsRefused() {
        int port = serve(authority.issue(folder.resolve("n"), NODE, "-10d", 5, "EC"), Clock.systemUTC());

        assertThatThrownBy(() -> ask(port, controller))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("has expired on")
                .hasMessageContaining("renew it there");
    }

    @Test
    void aClientOfAnotherAuthorityIsRefused() {
        int port = serve(node, Clock.systemUTC());
        // Its own authority is ours, so that it is the server that refuses.
        Path client = stranger.issue(folder.resolve("c"), CONTROLLER);
        copy(controller.resolve("ca.crt"), client.resolve("ca.crt"));

        assertThatThrownBy(() -> ask(port, client))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("refuses our certificate")
                .hasMessageContaining("same authority");
    }

    @Test
    void aClientMadeForAnotherNameIsRefused() {
        int port = serve(node, Clock.systemUTC());

        assertThatThrownBy(() -> ask(port, node))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("refuses our certificate");
    }

    @Test
    void anExpiredClientIsToldWhatIsWrongWithItsOwn() {
        int port = serve(node, Clock.systemUTC());

        assertThatThrownBy(() -> ask(port, authority.issue(folder.resolve("c"), CONTROLLER, "-10d", 5, "EC")))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("our own certificate")
                .hasMessageContaining("has expired on");
    }

    @Test
    void nobodyThereIsSaid() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> ask(port, controller))
                .isInstanceOfSatisfying(StatusRuntimeException.class, TlsTest::isUnavailable)
                .hasMessageContaining("no connection to the agent of node n1")
                .hasMessageContaining("look at its pod");
    }

    @Test
    void renewedCertificatesAreTakenAtTheNextConnection() {
        Path own = authority.issue(folder.resolve("n"), NODE, "-10d", 5, "EC");
        int port = serve(own, Clock.systemUTC());
        TlsConnector connector = opened(connector(controller));
        RpcChannel channel = opened(connect(connector, port));
        assertThatThrownBy(() -> ask(channel)).hasMessageContaining("has expired");

        authority.issue(own, NODE);

        // No waiting: the first call after the renewal tells how it is now.
        assertThat(ask(channel)).isEqualTo("here");
    }

    @Test
    void aHalfWrittenRenewalLeavesTheOldInForce() throws IOException {
        Path own = authority.issue(folder.resolve("n"), NODE);
        int port = serve(own, Clock.systemUTC());
        copy(controller.resolve("tls.key"), own.resolve("tls.key"));

        assertThat(ask(port, controller)).isEqualTo("here");

        Files.delete(own.resolve("tls.crt"));
        assertThat(ask(port, controller)).isEqualTo("here");
    }

    @Test
    void aFolderThatCannotBeUsedSaysWhy() throws IOException {
        assertThatThrownBy(() -> TlsFolder.open(folder, Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining(folder.resolve("tls.crt") + ": it does not exist")
                .hasMessageContaining("tls.crt, tls.key and ca.crt");

        Path mixed = authority.issue(folder.resolve("m"), NODE);
        copy(controller.resolve("tls.key"), mixed.resolve("tls.key"));
        assertThatThrownBy(() -> TlsFolder.open(mixed, Clock.systemUTC()))
                .hasMessageContaining("tls.key: it is not the key of tls.crt");

        Files.writeString(mixed.resolve("ca.crt"), "no certificate\n");
        assertThatThrownBy(() -> TlsFolder.open(mixed, Clock.systemUTC())).hasMessageContaining("ca.crt");
    }

    @Test
    void aCertificateThatIsNotYetValidPointsToTheClock() {
        int port = serve(node, Clock.systemUTC());
        TlsFolder early =
                TlsFolder.open(controller, Clock.fixed(Instant.parse("2001-01-01T00:00:00Z"), ZoneOffset.UTC));

        assertThat(early.ownProblem())
                .hasValueSatisfying(text -> assertThat(text).contains("clock"));
        assertThat(ask(port, controller)).isEqualTo("here");
    }

    @Test
    void aTakenPortIsSaid() {
        int port = serve(node, Clock.systemUTC());

        assertThatThrownBy(() -> RpcServer.onTcp(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        TlsFolder.open(node, Clock.systemUTC()),
                        CONTROLLER,
                        CALLS,
                        List.of()))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
                .hasMessageContaining(":" + port)
                .hasMessageContaining("choose another address");
    }

    private static void isUnavailable(StatusRuntimeException failure) {
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    private int serve(Path tls, Clock clock) {
        return opened(RpcServer.onTcp(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        TlsFolder.open(tls, clock),
                        CONTROLLER,
                        CALLS,
                        List.of(new Here())))
                .port();
    }

    private TlsConnector connector(Path tls) {
        return new TlsConnector(TlsFolder.open(tls, Clock.systemUTC()), NODE, Duration.ofSeconds(10));
    }

    private static RpcChannel connect(TlsConnector connector, int port) {
        return connector.connect("127.0.0.1", port, "the agent of node n1 (127.0.0.1:" + port + ")", "look at its pod");
    }

    private String ask(int port, Path tls) {
        TlsConnector connector = opened(connector(tls));
        return ask(opened(connect(connector, port)));
    }

    private static String ask(RpcChannel channel) {
        return IdentityGrpc.newBlockingStub(channel.channel())
                .getPluginInfo(GetPluginInfoRequest.getDefaultInstance())
                .getName();
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static final class Here extends IdentityGrpc.IdentityImplBase {
        @Override
        public void getPluginInfo(GetPluginInfoRequest request, StreamObserver<GetPluginInfoResponse> observer) {
            Unary.handle(
                    observer,
                    () -> GetPluginInfoResponse.newBuilder().setName("here").build());
        }
    }
}
