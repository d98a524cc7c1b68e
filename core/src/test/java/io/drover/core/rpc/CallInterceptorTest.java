package io.drover.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.drover.core.error.StorageException;
import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.CreateVolumeResponse;
import io.drover.csi.v1.DeleteVolumeRequest;
import io.drover.csi.v1.DeleteVolumeResponse;
import io.drover.csi.v1.ListVolumesRequest;
import io.drover.csi.v1.ListVolumesResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallInterceptorTest {
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(CallInterceptor.class);
    private Supplier<CreateVolumeResponse> create = CreateVolumeResponse::getDefaultInstance;

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void anAnswerIsLoggedAndCountedOnce() {
        create(CreateVolumeRequest.getDefaultInstance());

        assertThat(ended).containsExactly("csi.v1.Controller/CreateVolume OK PT1S");
        assertThat(lineOfEnd().getLevel()).isEqualTo(Level.INFO);
        assertThat(keyValues(lineOfEnd())).contains("method=CreateVolume", "code=OK", "durationMillis=1000");
    }

    @Test
    void aStorageExceptionIsItsStatusWithoutDetails() {
        create = () -> {
            throw StorageException.inUse("cannot do it: held by node a; detach it");
        };

        StatusRuntimeException e = failingCreate();

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(e.getStatus().getDescription()).isEqualTo("cannot do it: held by node a; detach it");
        assertThat(Objects.requireNonNull(e.getTrailers()).keys()).isEmpty();
        assertThat(lineOfEnd().getThrowableProxy()).isNull();
    }

    @Test
    void anUnexpectedFailureOfAChangeMayBeCalledAgainAndItsStackIsLoggedOnce() {
        create = () -> {
            throw new IllegalStateException("secret inside");
        };

        StatusRuntimeException e = failingCreate();

        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(e.getStatus().getDescription())
                .contains("IllegalStateException")
                .doesNotContain("secret");
        assertThat(lineOfEnd().getLevel()).isEqualTo(Level.ERROR);
        assertThat(lines.list)
                .filteredOn(line -> line.getThrowableProxy() != null)
                .hasSize(1);
    }

    @Test
    void whatAHandlerThrowsPastEveryHelperIsMappedToo() {
        StatusRuntimeException thrown = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> withStub(stub -> stub.deleteVolume(DeleteVolumeRequest.getDefaultInstance())));
        StatusRuntimeException passed = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> withStub(stub -> stub.listVolumes(ListVolumesRequest.getDefaultInstance())));

        assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.OUT_OF_RANGE);
        assertThat(passed.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(ended)
                .containsExactly(
                        "csi.v1.Controller/DeleteVolume OUT_OF_RANGE PT1S",
                        "csi.v1.Controller/ListVolumes NOT_FOUND PT1S");
    }

    @Test
    void requestsAreLoggedWithoutTheirSecrets() {
        create(CreateVolumeRequest.newBuilder()
                .setName("pvc-1")
                .putSecrets("k", "hunter2")
                .build());

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(text -> text.contains("pvc-1"))
                .noneMatch(text -> text.contains("hunter2"));
    }

    private StatusRuntimeException failingCreate() {
        return catchThrowableOfType(
                StatusRuntimeException.class, () -> create(CreateVolumeRequest.getDefaultInstance()));
    }

    private void create(CreateVolumeRequest request) {
        withStub(stub -> stub.createVolume(request));
    }

    private void withStub(java.util.function.Consumer<ControllerGrpc.ControllerBlockingStub> work) {
        String name = "interceptor-test-" + System.identityHashCode(this);
        CallInterceptor interceptor = new CallInterceptor(
                () -> nanos.getAndAdd(1_000_000_000L),
                (service, method, code, duration) -> ended.add(service + "/" + method + " " + code + " " + duration));
        int before = ended.size();
        try (RpcServer _ = RpcServer.inProcess(name, interceptor, List.of(new Service()));
                RpcChannel channel = RpcChannel.inProcess(name, Duration.ofSeconds(10))) {
            work.accept(ControllerGrpc.newBlockingStub(channel.channel()));
        } finally {
            Awaitility.await().until(() -> ended.size() > before);
        }
    }

    private ILoggingEvent lineOfEnd() {
        return lines.list.stream()
                .filter(line -> line.getMessage().startsWith("call "))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> keyValues(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .map(pair -> pair.key + "=" + pair.value)
                .toList();
    }

    private final class Service extends ControllerGrpc.ControllerImplBase {
        @Override
        public void createVolume(CreateVolumeRequest request, StreamObserver<CreateVolumeResponse> observer) {
            Unary.change(observer, create);
        }

        @Override
        public void deleteVolume(DeleteVolumeRequest request, StreamObserver<DeleteVolumeResponse> observer) {
            throw StorageException.outOfRange("thrown");
        }

        @Override
        public void listVolumes(ListVolumesRequest request, StreamObserver<ListVolumesResponse> observer) {
            observer.onError(StorageException.notFound("volume", "a"));
        }
    }
}
