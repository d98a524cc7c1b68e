package io.drover.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.DeleteVolumeRequest;
import io.drover.csi.v1.DeleteVolumeResponse;
import io.drover.csi.v1.IdentityGrpc;
import io.drover.csi.v1.ProbeRequest;
import io.drover.csi.v1.ProbeResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitedServicesTest {
    @TempDir
    private Path folder;

    private final List<String> counted = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> reason = new AtomicReference<>("it has just begun");
    private AwaitedServices awaited;
    private RpcServer server;
    private RpcChannel channel;

    @BeforeEach
    void serve() {
        CallInterceptor interceptor = new CallInterceptor(
                System::nanoTime, (service, method, code, duration) -> counted.add(method + " " + code));
        awaited = new AwaitedServices(interceptor, reason::get);
        server = RpcServer.onUnixSocket(folder.resolve("s"), interceptor, List.of(new Identity()), awaited);
        channel = RpcChannel.toUnixSocket(folder.resolve("s"), Duration.ofSeconds(10), "");
    }

    @AfterEach
    void close() {
        channel.close();
        server.close();
    }

    @Test
    void whatIsThereAnswersAndWhatIsAwaitedIsUnavailableWithTheReason() {
        assertThat(IdentityGrpc.newBlockingStub(channel.channel()).probe(ProbeRequest.getDefaultInstance()))
                .isEqualTo(ProbeResponse.getDefaultInstance());
        assertThat(refusal().getDescription()).isEqualTo("it has just begun");

        reason.set("b leads");

        assertThat(refusal().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(refusal().getDescription()).isEqualTo("b leads");
        assertThat(counted).containsExactly("Probe OK");
    }

    @Test
    void afterTheyHaveComeTheyAnswerOnTheSameConnectionAndAreCounted() {
        assertThat(refusal().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

        awaited.serve(List.of(new Controller()));

        assertThat(delete()).isEqualTo(DeleteVolumeResponse.getDefaultInstance());
        assertThat(counted).containsExactly("DeleteVolume OK");
    }

    @Test
    void aMethodThatIsNotAmongThemIsUnimplementedThen() {
        awaited.serve(List.of(new Identity()));

        assertThat(refusal().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    private Status refusal() {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, this::delete))
                .getStatus();
    }

    private DeleteVolumeResponse delete() {
        return ControllerGrpc.newBlockingStub(channel.channel())
                .deleteVolume(DeleteVolumeRequest.newBuilder().setVolumeId("v").build());
    }

    private static final class Identity extends IdentityGrpc.IdentityImplBase {
        @Override
        public void probe(ProbeRequest request, StreamObserver<ProbeResponse> observer) {
            Unary.handle(observer, ProbeResponse::getDefaultInstance);
        }
    }

    private static final class Controller extends ControllerGrpc.ControllerImplBase {
        @Override
        public void deleteVolume(DeleteVolumeRequest request, StreamObserver<DeleteVolumeResponse> observer) {
            Unary.handle(observer, DeleteVolumeResponse::getDefaultInstance);
        }
    }
}
