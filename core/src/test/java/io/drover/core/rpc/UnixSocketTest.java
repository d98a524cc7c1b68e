package io.drover.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.csi.v1.GetMetadataAllocatedRequest;
import io.drover.csi.v1.GetMetadataAllocatedResponse;
import io.drover.csi.v1.GetPluginInfoRequest;
import io.drover.csi.v1.GetPluginInfoResponse;
import io.drover.csi.v1.IdentityGrpc;
import io.drover.csi.v1.SnapshotMetadataGrpc;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
    private static final CallInterceptor INTERCEPTOR = new CallInterceptor(() -> 0, CallListener.NONE);
    private static final int MESSAGES = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void answersAndLeavesNothing() throws IOException {
        Path socket = folder.resolve("new/csi.sock");

        try (RpcServer _ = serve(socket)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(ask(socket)).isEqualTo("drover");
        }

        assertThat(socket).doesNotExist();
    }

    @Test
    void replacesTheFileOfAProcessThatHasEnded() throws IOException {
        Path socket = folder.resolve("csi.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThat(socket).exists();

        try (RpcServer _ = serve(socket)) {
            assertThat(ask(socket)).isEqualTo("drover");
        }
    }

    @Test
    void doesNotTakeTheSocketOfAProcessThatAnswers() {
        Path socket = folder.resolve("csi.sock");
        try (RpcServer _ = serve(socket)) {
            assertThatThrownBy(() -> serve(socket)).satisfies(e -> hasCode(e, ErrorCode.IN_USE));
            assertThat(ask(socket)).isEqualTo("drover");
        }
    }

    @Test
    void doesNotRemoveWhatIsNoSocket() throws IOException {
        Path file = Files.writeString(folder.resolve("csi.sock"), "precious");

        assertThatThrownBy(() -> serve(file)).satisfies(e -> hasCode(e, ErrorCode.INVALID));
        assertThat(file).hasContent("precious");
    }

    @Test
    void leavesTheSocketThatAnotherProcessHasPutInItsPlace() throws IOException {
        Path socket = folder.resolve("csi.sock");
        RpcServer first = serve(socket);
        Files.delete(socket);
        try (RpcServer _ = serve(socket)) {
            first.close();

            assertThat(ask(socket)).isEqualTo("drover");
        }
    }

    @Test
    void aPathThatTheKernelCannotTakeIsInvalid() {
        Path tooLong = folder.resolve("x".repeat(108));

        assertThatThrownBy(() -> serve(tooLong))
                .satisfies(e -> hasCode(e, ErrorCode.INVALID))
                .hasMessageContaining("107");
    }

    @Test
    void anAbsentServerIsUnavailableWithTheRemedy() {
        assertThatThrownBy(() -> ask(folder.resolve("nobody.sock")))
                .satisfies(e -> hasCode(e, ErrorCode.UNAVAILABLE))
                .hasMessageContaining("nobody answers on " + folder.resolve("nobody.sock"))
                .hasMessageContaining("start it with drover standalone");
    }

    @Test
    void callsRunOnVirtualThreads() {
        Path socket = folder.resolve("csi.sock");
        try (RpcServer _ = serve(socket)) {
            assertThat(askFor(socket).getVendorVersion()).isEqualTo("true");
        }
    }

    @Test
    void streamsManyMessagesInOrder() {
        Path socket = folder.resolve("csi.sock");
        try (RpcServer _ = serve(socket);
                RpcChannel channel = channel(socket)) {
            Iterator<GetMetadataAllocatedResponse> answers = SnapshotMetadataGrpc.newBlockingStub(channel.channel())
                    .getMetadataAllocated(GetMetadataAllocatedRequest.getDefaultInstance());

            for (int i = 0; i < MESSAGES; i++) {
                assertThat(answers.next().getVolumeCapacityBytes()).isEqualTo(i);
            }
            assertThatThrownBy(() -> Unary.call("reading", answers::next))
                    .satisfies(e -> hasCode(e, ErrorCode.CORRUPT))
                    .hasMessage("reading: enough");
        }
    }

    @Test
    void aStreamWhoseClientHasGoneEnds() {
        Path socket = folder.resolve("csi.sock");
        CountDownLatch ended = new CountDownLatch(1);
        try (RpcServer _ = RpcServer.onUnixSocket(socket, INTERCEPTOR, List.of(new Endless(ended)));
                RpcChannel channel = channel(socket)) {
            Iterator<GetMetadataAllocatedResponse> answers = SnapshotMetadataGrpc.newBlockingStub(channel.channel())
                    .withDeadlineAfter(Duration.ofMillis(500))
                    .getMetadataAllocated(GetMetadataAllocatedRequest.getDefaultInstance());

            assertThat(answers.next()).isNotNull();
            Awaitility.await().until(() -> ended.getCount() == 0);
        }
    }

    private static void hasCode(Throwable e, ErrorCode code) {
        assertThat(((StorageException) e).code()).isEqualTo(code);
    }

    private static RpcServer serve(Path socket) {
        return RpcServer.onUnixSocket(socket, INTERCEPTOR, List.of(new Identity(), new Metadata()));
    }

    private static String ask(Path socket) {
        return askFor(socket).getName();
    }

    private static GetPluginInfoResponse askFor(Path socket) {
        try (RpcChannel channel = channel(socket)) {
            return Unary.call(() -> IdentityGrpc.newBlockingStub(channel.channel())
                    .getPluginInfo(GetPluginInfoRequest.getDefaultInstance()));
        }
    }

    private static RpcChannel channel(Path socket) {
        return RpcChannel.toUnixSocket(socket, Duration.ofSeconds(20), "start it with drover standalone");
    }

    private static final class Identity extends IdentityGrpc.IdentityImplBase {
        @Override
        public void getPluginInfo(GetPluginInfoRequest request, StreamObserver<GetPluginInfoResponse> observer) {
            Unary.handle(
                    observer,
                    () -> GetPluginInfoResponse.newBuilder()
                            .setName("drover")
                            .setVendorVersion(
                                    String.valueOf(Thread.currentThread().isVirtual()))
                            .build());
        }
    }

    private static final class Metadata extends SnapshotMetadataGrpc.SnapshotMetadataImplBase {
        @Override
        public void getMetadataAllocated(
                GetMetadataAllocatedRequest request, StreamObserver<GetMetadataAllocatedResponse> observer) {
            ServerStream.handle(observer, stream -> {
                for (int i = 0; i < MESSAGES; i++) {
                    stream.send(GetMetadataAllocatedResponse.newBuilder()
                            .setVolumeCapacityBytes(i)
                            .build());
                }
                throw StorageException.corrupt("enough");
            });
        }
    }

    /** Sends until the client has gone. */
    private static final class Endless extends SnapshotMetadataGrpc.SnapshotMetadataImplBase {
        private final CountDownLatch ended;

        Endless(CountDownLatch ended) {
            this.ended = ended;
        }

        @Override
        public void getMetadataAllocated(
                GetMetadataAllocatedRequest request, StreamObserver<GetMetadataAllocatedResponse> observer) {
            ServerStream.handle(observer, stream -> {
                try {
                    while (true) {
                        stream.send(GetMetadataAllocatedResponse.getDefaultInstance());
                    }
                } finally {
                    ended.countDown();
                }
            });
        }
    }
}
