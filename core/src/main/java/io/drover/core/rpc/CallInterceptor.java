package io.drover.core.rpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Stands before every service. Whatever a handler throws becomes a status with a short text and without details (CSI's error scheme
 * has them empty); without this gRPC answers UNKNOWN to anything thrown. Writes one line per call, and counts it.
 */
public final class CallInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger(CallInterceptor.class);
    private static final List<String> READING =
            List.of("Get", "List", "Probe", "Validate", "Describe", "NodeGet", "ControllerGet");

    private final LongSupplier nanoTime;
    private final CallListener listener;

    /**
     * An interceptor for any number of servers.
     *
     * @param nanoTime a clock that only runs forward, {@code System::nanoTime} in the program
     */
    public CallInterceptor(LongSupplier nanoTime, CallListener listener) {
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        ObservedCall<Q, R> observed = new ObservedCall<>(call);
        try {
            return observed.listening(next.startCall(observed, headers));
        } catch (Throwable failure) {
            observed.fail(failure);
            return new ServerCall.Listener<>() {};
        }
    }

    private void ended(MethodDescriptor<?, ?> method, Status status, Duration duration) {
        String name = String.valueOf(method.getBareMethodName());
        Throwable cause = status.getCause();
        boolean unexpected = cause != null && Failures.isUnexpected(cause);
        var line = log.atLevel(unexpected ? Level.ERROR : level(name, status.getCode()))
                .addKeyValue("method", name)
                .addKeyValue("code", status.getCode())
                .addKeyValue("durationMillis", duration.toMillis());
        if (unexpected) {
            line = line.setCause(cause);
        }
        line.log(status.isOk() ? "call answered" : "call failed: {}", status.getDescription());
        listener.ended(
                String.valueOf(method.getServiceName()), name, status.getCode().name(), duration);
    }

    private static Level level(String method, Status.Code code) {
        return switch (code) {
            case OK -> READING.stream().anyMatch(method::startsWith) ? Level.DEBUG : Level.INFO;
            case INTERNAL, UNKNOWN, DATA_LOSS -> Level.ERROR;
            case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED -> Level.WARN;
            case CANCELLED,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    ABORTED,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    UNAUTHENTICATED -> Level.INFO;
        };
    }

    /** A call that maps its failures and reports its end, once. */
    private final class ObservedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
        private final long started = nanoTime.getAsLong();
        private final AtomicBoolean ended = new AtomicBoolean();

        ObservedCall(ServerCall<Q, R> call) {
            super(call);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            Status answered = mapped(status);
            if (answered.isOk()) {
                super.close(answered, trailers);
            } else {
                super.close(answered, new Metadata());
            }
            report(answered);
        }

        void fail(Throwable failure) {
            Status status = StatusMapper.status(failure);
            try {
                close(status, new Metadata());
            } catch (IllegalStateException alreadyClosed) {
                report(status.withCause(failure));
            }
        }

        void report(Status status) {
            if (ended.compareAndSet(false, true)) {
                CallInterceptor.this.ended(
                        getMethodDescriptor(), status, Duration.ofNanos(nanoTime.getAsLong() - started));
            }
        }

        ServerCall.Listener<Q> listening(ServerCall.Listener<Q> listener) {
            return new MappingListener<>(this, listener);
        }

        private Status mapped(Status status) {
            @Nullable Throwable cause = status.getCause();
            return status.getCode() == Status.Code.UNKNOWN && cause != null ? StatusMapper.status(cause) : status;
        }
    }

    /** Passes events on to the handler and closes the call with whatever it throws. */
    private static final class MappingListener<Q> extends SimpleForwardingServerCallListener<Q> {
        private final CallInterceptor.ObservedCall<Q, ?> call;

        MappingListener(CallInterceptor.ObservedCall<Q, ?> call, ServerCall.Listener<Q> listener) {
            super(listener);
            this.call = call;
        }

        @Override
        public void onMessage(Q message) {
            if (log.isDebugEnabled()) {
                log.atDebug()
                        .addKeyValue("method", call.getMethodDescriptor().getBareMethodName())
                        .log("request: {}", Redaction.text(message));
            }
            guarded(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            guarded(super::onHalfClose);
        }

        @Override
        public void onReady() {
            guarded(super::onReady);
        }

        @Override
        public void onCancel() {
            guarded(super::onCancel);
            call.report(Status.CANCELLED.withDescription("the client has gone or its deadline has passed"));
        }

        @Override
        public void onComplete() {
            guarded(super::onComplete);
        }

        private void guarded(Runnable event) {
            try {
                event.run();
            } catch (Throwable failure) {
                call.fail(failure);
            }
        }
    }
}
