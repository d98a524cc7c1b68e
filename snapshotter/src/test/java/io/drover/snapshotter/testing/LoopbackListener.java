package io.drover.snapshotter.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens on a free port of the loopback interface, and serves each connection on a thread of its own until it is closed. */
final class LoopbackListener implements AutoCloseable {
    private static final int WAITING = 200;

    private final ServerSocket listening = new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    LoopbackListener() throws IOException {}

    /** What is done with a connection, which is closed then. */
    interface Conversation {
        /** @throws IOException if one of the two went away, as they may */
        void with(Socket client) throws IOException;
    }

    void start(Conversation conversation) {
        Thread.ofVirtual().start(() -> accept(conversation));
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Another connection, such as the one to the server behind: closing this listener ends it too. */
    Socket opened(Socket socket) {
        open.add(socket);
        return socket;
    }

    void ended(Socket socket) {
        open.remove(socket);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept(Conversation conversation) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> serve(client, conversation));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client, Conversation conversation) {
        opened(client);
        try (client) {
            conversation.with(client);
        } catch (IOException e) {
            // One of the two went away, as they may.
        } finally {
            ended(client);
        }
    }
}
