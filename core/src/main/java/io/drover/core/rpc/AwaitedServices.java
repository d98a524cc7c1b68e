package io.drover.core.rpc;

import io.grpc.BindableService;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerInterceptors;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Services of a server that runs before they are there: that of a controller that stands by. Until they come, every method that the server
 * does not know is answered UNAVAILABLE with the reason; gRPC by itself would say UNIMPLEMENTED, which nobody asks again.
 */
public final class AwaitedServices extends HandlerRegistry {
    private static final Marshaller<byte[]> NOTHING = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            return new byte[0];
        }
    };

    private final CallInterceptor interceptor;
    private final Supplier<String> reason;
    /** By full name; not there yet. */
    private volatile @Nullable Map<String, ServerMethodDefinition<?, ?>> methods;

    /**
     * None is there yet.
     *
     * @param interceptor stands before the services when they are there
     * @param reason why a call cannot be answered now, and what to do
     */
    public AwaitedServices(CallInterceptor interceptor, Supplier<String> reason) {
        this.interceptor = interceptor;
        this.reason = reason;
    }

    /** From now on these answer. */
    public void serve(List<? extends BindableService> ready) {
        methods = ready.stream()
                .flatMap(service -> ServerInterceptors.intercept(service, interceptor).getMethods().stream())
                .collect(Collectors.toUnmodifiableMap(
                        method -> method.getMethodDescriptor().getFullMethodName(), Function.identity()));
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
        Map<String, ServerMethodDefinition<?, ?>> known = methods;
        return known == null ? refused(method) : known.get(method);
    }

    /** Neither logged nor counted: whoever waits for the services asks often. */
    private ServerMethodDefinition<?, ?> refused(String method) {
        MethodDescriptor<byte[], byte[]> any = MethodDescriptor.newBuilder(NOTHING, NOTHING)
                .setType(MethodType.UNKNOWN)
                .setFullMethodName(method)
                .build();
        return ServerMethodDefinition.create(any, (call, headers) -> {
            call.close(Status.UNAVAILABLE.withDescription(reason.get()), new Metadata());
            return new ServerCall.Listener<>() {};
        });
    }
}
