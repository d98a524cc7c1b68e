package io.drover.core.rpc;

import io.drover.core.error.StorageException;
import io.drover.core.tls.TlsFolder;
import io.drover.core.tls.TlsProblems;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Connects to servers of one name by TCP with mutual TLS 1.3, whatever their addresses. A host that is gone is noticed within half a
 * minute while a call waits for it, and at once when a connection is refused; a call to one that does not answer fails after some seconds.
 */
public final class TlsConnector implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    /** How long a call waits for a connection that failed before: what connecting and the handshake may take on a busy machine. */
    private static final Duration RECONNECT = Duration.ofSeconds(3);

    private static final Duration KEEPALIVE = Duration.ofSeconds(20);
    private static final Duration KEEPALIVE_ANSWER = Duration.ofSeconds(10);
    /** A connection that nobody uses is given up: a cluster has many hosts, and most are idle. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final TlsFolder tls;
    private final String peer;
    private final Duration deadline;
    private final SslContext context;
    private final EventLoopGroup events = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /**
     * Makes ready to connect.
     *
     * @param peer the DNS name in the certificates of the servers
     * @param deadline of calls that have no earlier one
     */
    public TlsConnector(TlsFolder tls, String peer, Duration deadline) {
        this.tls = tls;
        this.peer = peer;
        this.deadline = deadline;
        try {
            this.context = GrpcSslContexts.configure(
                            SslContextBuilder.forClient()
                                    .keyManager(tls.keys())
                                    .trustManager(tls.trusting(peer))
                                    .protocols(RpcServer.TLS)
                                    .sessionTimeout(1), // a resumed session would pass by a renewed authority
                            SslProvider.JDK)
                    .build();
        } catch (SSLException e) {
            throw StorageException.internal("TLS 1.3 cannot be set up: " + e.getMessage(), e);
        }
    }

    /**
     * A channel to one server; it connects when the first call is made. The caller closes it.
     *
     * @param what who is called, for messages: "the agent of node n1 (10.0.0.7:9811)"
     * @param remedy what to do when nobody answers there
     */
    public RpcChannel connect(String host, int port, String what, String remedy) {
        ManagedChannel managed = NettyChannelBuilder.forAddress(host, port)
                .channelType(NioSocketChannel.class)
                .eventLoopGroup(events)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .overrideAuthority(peer)
                .sslContext(context)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .keepAliveTime(KEEPALIVE.toSeconds(), TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_ANSWER.toSeconds(), TimeUnit.SECONDS)
                .idleTimeout(IDLE.toSeconds(), TimeUnit.SECONDS)
                .maxInboundMessageSize(RpcServer.MAX_MESSAGE_BYTES)
                .disableRetry()
                .build();
        Reach reach = new Reach(
                "no connection to " + what,
                remedy,
                deadline,
                failure -> TlsProblems.explain(failure, tls),
                () -> tryAgain(managed));
        return new RpcChannel(managed, reach, () -> {});
    }

    /**
     * gRPC waits up to two minutes before it tries a failed connection again, and answers calls with the old failure until then. Whoever
     * calls now wants to know how it is now.
     */
    private static void tryAgain(ManagedChannel managed) {
        if (managed.getState(false) != ConnectivityState.TRANSIENT_FAILURE) {
            return;
        }
        CountDownLatch changed = new CountDownLatch(1);
        managed.notifyWhenStateChanged(ConnectivityState.TRANSIENT_FAILURE, changed::countDown);
        managed.resetConnectBackoff();
        try {
            // If it stays as it is, the call fails with the reason.
            var _ = changed.await(RECONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the threads; to be called after the channels are closed. */
    @Override
    public void close() {
        events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
