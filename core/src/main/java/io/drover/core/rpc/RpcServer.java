package io.drover.core.rpc;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.tls.TlsFolder;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A running gRPC server. Every call has a virtual thread of its own and may block. */
public final class RpcServer implements AutoCloseable {
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    /** The only version that is spoken. */
    static final String TLS = "TLSv1.3";

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration KEEPALIVE = Duration.ofSeconds(30);
    private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(15);
    private static final Duration KEEPALIVE_TAKEN = Duration.ofSeconds(10);

    private final Server server;
    private final Runnable cleanUp;

    private RpcServer(Server server, Runnable cleanUp) {
        this.server = server;
        this.cleanUp = cleanUp;
    }

    /**
     * Serves on a unix socket, for its owner only. A socket file left by a process that has ended is replaced.
     *
     * @throws StorageException IN_USE if another process answers there; INVALID if the path is too long or no socket
     */
    public static RpcServer onUnixSocket(
            Path socket, CallInterceptor interceptor, List<? extends BindableService> services) {
        return onUnixSocket(socket, interceptor, services, Optional.empty());
    }

    /** As {@link #onUnixSocket(Path, CallInterceptor, List)}, with more services that come later. */
    public static RpcServer onUnixSocket(
            Path socket,
            CallInterceptor interceptor,
            List<? extends BindableService> services,
            AwaitedServices awaited) {
        return onUnixSocket(socket, interceptor, services, Optional.of(awaited));
    }

    private static RpcServer onUnixSocket(
            Path socket,
            CallInterceptor interceptor,
            List<? extends BindableService> services,
            Optional<AwaitedServices> awaited) {
        UnixSocket file = UnixSocket.prepare(socket);
        EventLoopGroup events = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        NettyServerBuilder builder = NettyServerBuilder.forAddress(file.temporaryAddress())
                .channelType(NioServerDomainSocketChannel.class)
                .bossEventLoopGroup(events)
                .workerEventLoopGroup(events)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES);
        awaited.ifPresent(builder::fallbackHandlerRegistry);
        Runnable cleanUp = () -> {
            file.remove();
            events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        };
        Server server;
        try {
            server = start(builder, interceptor, services);
        } catch (IOException e) {
            cleanUp.run();
            throw cannotListen(socket, e);
        }
        RpcServer running = new RpcServer(server, cleanUp);
        try {
            file.bound();
            return running;
        } catch (IOException e) {
            running.close(Duration.ZERO);
            throw cannotListen(socket, e);
        }
    }

    /**
     * Serves by TCP with mutual TLS 1.3: only for clients whose certificate is signed by the folder's authority and made for this name.
     *
     * @param peer the DNS name in the certificates of the clients
     * @throws StorageException IN_USE if the port is taken, INVALID if there is no such address
     */
    public static RpcServer onTcp(
            InetSocketAddress address,
            TlsFolder tls,
            String peer,
            CallInterceptor interceptor,
            List<? extends BindableService> services) {
        EventLoopGroup events = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        Runnable cleanUp = () -> events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        try {
            SslContext context = GrpcSslContexts.configure(
                            SslContextBuilder.forServer(tls.keys())
                                    .trustManager(tls.trusting(peer))
                                    .clientAuth(ClientAuth.REQUIRE)
                                    .protocols(TLS)
                                    .sessionTimeout(1), // a resumed session would pass by a renewed authority
                            SslProvider.JDK)
                    .build();
            NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                    .channelType(NioServerSocketChannel.class)
                    .bossEventLoopGroup(events)
                    .workerEventLoopGroup(events)
                    .sslContext(context)
                    .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                    .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
                    .keepAliveTimeout(KEEPALIVE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                    .permitKeepAliveTime(KEEPALIVE_TAKEN.toSeconds(), TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true);
            return new RpcServer(start(builder, interceptor, services), cleanUp);
        } catch (IOException e) {
            cleanUp.run();
            throw new StorageException(
                    ErrorCode.IN_USE,
                    "cannot listen on " + address.getHostString() + ":" + address.getPort() + ": " + reason(e)
                            + "; choose another address, or end what listens there",
                    e);
        }
    }

    /** The port of a server on TCP; the one that was given by the kernel, if 0 was asked for. */
    public int port() {
        return server.getPort();
    }

    /** Serves inside this process under a name; see {@link RpcChannel#inProcess}. */
    public static RpcServer inProcess(
            String name, CallInterceptor interceptor, List<? extends BindableService> services) {
        try {
            return new RpcServer(start(InProcessServerBuilder.forName(name), interceptor, services), () -> {});
        } catch (IOException e) {
            throw StorageException.internal("cannot serve in process as " + name + ": " + e.getMessage(), e);
        }
    }

    /** Takes no more calls, waits some seconds for those under way, then cancels them. Closing again does nothing. */
    @Override
    public void close() {
        close(GRACE);
    }

    /** As {@link #close()}, with another time for the calls under way. */
    public void close(Duration grace) {
        server.shutdown();
        try {
            if (!server.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            cleanUp.run();
        }
    }

    private static Server start(
            ServerBuilder<?> builder, CallInterceptor interceptor, List<? extends BindableService> services)
            throws IOException {
        builder.executor(Executors.newVirtualThreadPerTaskExecutor());
        services.forEach(service -> builder.addService(ServerInterceptors.intercept(service, interceptor)));
        return builder.build().start();
    }

    private static StorageException cannotListen(Path socket, IOException e) {
        return StorageException.internal("cannot listen on " + socket + ": " + reason(e), e);
    }

    private static String reason(IOException e) {
        return e.getMessage() + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")");
    }
}
