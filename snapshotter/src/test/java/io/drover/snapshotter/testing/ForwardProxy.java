package io.drover.snapshotter.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;

/**
 * A forwarding proxy as companies have them: passes requests on that name a whole URL, and opens tunnels by CONNECT. May ask for a user.
 * One request per connection, except in tunnels.
 */
public final class ForwardProxy implements AutoCloseable {
    private static final String REALM = "HTTP/1.1 407 Proxy Authentication Required\r\n"
            + "Proxy-Authenticate: Basic realm=\"trial\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final LoopbackListener listener;
    private final String user;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    private ForwardProxy(LoopbackListener listener, String user) {
        this.listener = listener;
        this.user = user;
    }

    /** Starts one for everybody, on a free port of the loopback interface. */
    public static ForwardProxy start() throws IOException {
        return startFor("");
    }

    /** Starts one for who says this: {@code user:password}. */
    public static ForwardProxy startFor(String user) throws IOException {
        LoopbackListener listener = new LoopbackListener();
        ForwardProxy proxy = new ForwardProxy(listener, user);
        listener.start(proxy::serve);
        return proxy;
    }

    public int port() {
        return listener.port();
    }

    /** The first two words of each request that was passed on: {@code CONNECT host:port}, or {@code GET http://…}. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve(Socket client) throws IOException {
        String head = new String(HttpHead.read(client.getInputStream()), StandardCharsets.ISO_8859_1);
        if (head.isEmpty()) {
            return;
        }
        if (!user.isEmpty() && !head.contains("Proxy-Authorization: Basic " + base64(user))) {
            send(client, REALM);
            return;
        }
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
        seen.add(line[0] + " " + line[1]);
        if (line[0].equals("CONNECT")) {
            tunnel(client, URI.create("tunnel://" + line[1]));
        } else {
            pass(client, head, line[1]);
        }
    }

    private void tunnel(Socket client, URI to) throws IOException {
        try (Socket upstream = connect(to)) {
            send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
            Thread back = Thread.ofVirtual().start(() -> copy(upstream, client));
            copy(client, upstream);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket client, String head, String url) throws IOException {
        URI to = URI.create(url);
        String path = url.substring(url.indexOf('/', url.indexOf("://") + 3));
        String direct = head.replaceFirst(" [^ ]+ ", " " + Matcher.quoteReplacement(path) + " ")
                .replaceAll("(?i)\r\nProxy-[^\r]*", "")
                .replaceAll("(?i)\r\nConnection: [^\r]*", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
        byte[] body = client.getInputStream().readNBytes(HttpHead.contentLength(head));
        try (Socket upstream = connect(to)) {
            send(upstream, direct);
            upstream.getOutputStream().write(body);
            upstream.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private Socket connect(URI to) throws IOException {
        return listener.opened(new Socket(to.getHost(), to.getPort()));
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // The other end went away, as it may.
        }
    }

    private static void send(Socket to, String head) throws IOException {
        to.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
