package io.drover.core.rpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives every call a deadline, and says in words a person can act on when there was no connection.
 *
 * @param problem whom nobody reaches
 * @param remedy what to do about it
 * @param reason words for a failure of the transport, where there are better ones than its own
 * @param beforeCall what to do before each call
 */
record Reach(
        String problem,
        String remedy,
        Duration deadline,
        Function<Throwable, Optional<String>> reason,
        Runnable beforeCall)
        implements ClientInterceptor {
    /** Somebody on this host. */
    static Reach local(String problem, String remedy, Duration deadline) {
        return new Reach(problem, remedy, deadline, _ -> Optional.empty(), () -> {});
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        CallOptions limited = options.getDeadline() == null
                ? options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
                : options;
        beforeCall.run();
        return new SimpleForwardingClientCall<>(next.newCall(method, limited)) {
            @Override
            public void start(Listener<R> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<R>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                super.onClose(explained(status), trailers);
                            }
                        },
                        headers);
            }
        };
    }

    private Status explained(Status status) {
        @Nullable Throwable cause = status.getCause();
        if (status.getCode() != Status.Code.UNAVAILABLE || cause == null) {
            // Only a failure of the transport carries a cause here; what the server answers arrives without one.
            return status;
        }
        Optional<String> known = reason.apply(cause);
        if (known.isPresent()) {
            return status.withDescription(problem + ": " + known.get());
        }
        if (!(cause instanceof IOException)) {
            return status;
        }
        String words = cause.getMessage(); // a channel that was closed has none
        return status.withDescription(problem + (words == null ? "" : " (" + words + ")") + "; " + remedy);
    }
}
