package io.drover.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An S3 server that costs as little as one can: it takes what is put and drops the blocks of backups, or keeps them as files. What it has
 * been given it lists, and answers HEAD for, truthfully. It looks at no signature, listens on the loopback interface only and is for
 * measuring against, not for keeping anything.
 */
final class NullS3Server implements AutoCloseable {
    private static final String BUCKET = "bench";

    private final ServerSocketChannel listening;
    private final NullS3Objects objects;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private NullS3Server(ServerSocketChannel listening, NullS3Objects objects) {
        this.listening = listening;
        this.objects = objects;
    }

    /** Starts one on a free port. It ends with {@link #close}, or with the process. */
    static NullS3Server start(NullS3Objects objects) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        NullS3Server server = new NullS3Server(listening, objects);
        Thread.ofVirtual().name("null-s3").start(server::accept);
        return server;
    }

    /** For {@code AWS_ENDPOINTS}. */
    URI endpoint() throws IOException {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listening.getLocalAddress()).getPort());
    }

    /** The URL of a target of this name. */
    static String url(String name) {
        return "s3://" + BUCKET + "@us-east-1/" + name + "/";
    }

    /** The keys of a Secret for it; any would do. */
    Map<String, String> credentials() throws IOException {
        return Map.of(
                "AWS_ACCESS_KEY_ID",
                "bench",
                "AWS_SECRET_ACCESS_KEY",
                "bench",
                "AWS_ENDPOINTS",
                endpoint().toString());
    }

    NullS3Objects objects() {
        return objects;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                SocketChannel client = listening.accept();
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                open.add(client);
                Thread.ofVirtual().name("null-s3-connection").start(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            NullS3Connection connection = new NullS3Connection(client, BUCKET, objects);
            while (connection.answerNext()) {
                // One request after the other, until the client goes.
            }
        } catch (IOException e) {
            // The client sees a broken connection, and says so.
        } finally {
            open.remove(client);
        }
    }
}
