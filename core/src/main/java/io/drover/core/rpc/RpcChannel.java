package io.drover.core.rpc;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a gRPC server. Calls made inside of a server's call inherit what is left of its deadline; all others have the
 * deadline given here, unless the stub sets one.
 */
public final class RpcChannel implements AutoCloseable {
    private final ManagedChannel managed;
    private final Channel channel;
    private final Runnable cleanUp;

    RpcChannel(ManagedChannel managed, ClientInterceptor interceptor, Runnable cleanUp) {
        this.managed = managed;
        this.channel = ClientInterceptors.intercept(managed, interceptor);
        this.cleanUp = cleanUp;
    }

    /**
     * Connects to a unix socket, when the first call is made.
     *
     * @param remedy what to do when nobody answers there: "start it with …"; becomes part of the message of that UNAVAILABLE
     */
    public static RpcChannel toUnixSocket(Path socket, Duration deadline, String remedy) {
        EventLoopGroup events = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ManagedChannel managed = NettyChannelBuilder.forAddress(UnixSocket.address(socket))
                .channelType(NioDomainSocketChannel.class)
                .eventLoopGroup(events)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .overrideAuthority("localhost")
                .maxInboundMessageSize(RpcServer.MAX_MESSAGE_BYTES)
                .usePlaintext()
                .build();
        return new RpcChannel(
                managed,
                Reach.local("nobody answers on " + socket, remedy, deadline),
                () -> events.shutdownGracefully(0, 1, TimeUnit.SECONDS));
    }

    /** Connects to {@link RpcServer#inProcess}. */
    public static RpcChannel inProcess(String name, Duration deadline) {
        ManagedChannel managed = InProcessChannelBuilder.forName(name)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        return new RpcChannel(managed, Reach.local(name + " does not run", "start it", deadline), () -> {});
    }

    /** For making stubs. */
    public Channel channel() {
        return channel;
    }

    /** Cancels what is under way and lets go. Closing again does nothing. */
    @Override
    public void close() {
        managed.shutdownNow();
        try {
            managed.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleanUp.run();
        }
    }
}
