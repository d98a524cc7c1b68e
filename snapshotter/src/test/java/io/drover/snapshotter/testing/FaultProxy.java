package io.drover.snapshotter.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an S3 client and a real server, and lets requests fail by plan. It passes on the bytes as they are, the Host header
 * too, so that signatures stay right: clients name the proxy's address as their endpoint. One request per connection.
 */
public final class FaultProxy implements AutoCloseable {
    private final URI server;
    private final LoopbackListener listener;
    private final List<FaultPlan.Request> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger index = new AtomicInteger();
    private volatile FaultPlan plan = FaultPlan.NONE;

    private FaultProxy(URI server, LoopbackListener listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Starts one on a free port of the loopback interface. */
    public static FaultProxy before(URI server) throws IOException {
        LoopbackListener listener = new LoopbackListener();
        FaultProxy proxy = new FaultProxy(server, listener);
        listener.start(proxy::serve);
        return proxy;
    }

    /** For {@code AWS_ENDPOINTS}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.port());
    }

    /** Makes this the plan from now on; counting begins at 0 again. */
    public void plan(FaultPlan wanted) {
        index.set(0);
        seen.clear();
        plan = wanted;
    }

    /** All requests since the plan was made, in the order in which they came. */
    public List<FaultPlan.Request> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve(Socket client) throws IOException {
        byte[] head = HttpHead.read(client.getInputStream());
        if (head.length == 0) {
            return;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        byte[] body = client.getInputStream().readNBytes(HttpHead.contentLength(text));
        FaultPlan.Request request = request(text);
        seen.add(request);
        Optional<Fault> fault = plan.on(request);
        if (fault.isEmpty()) {
            send(client, answer(text, body));
        } else {
            fail(client, request, text, body, fault.get());
        }
    }

    private void fail(Socket client, FaultPlan.Request request, String head, byte[] body, Fault fault)
            throws IOException {
        switch (fault) {
            case Fault.Answer answer -> send(client, error(request, answer));
            case Fault.Page page -> send(client, page(page.status(), "text/html", page.html(), request));
            case Fault.Silence _ -> client.getInputStream().read(); // until the client gives up
            case Fault.Truncate _ -> {
                byte[] whole = answer(head, body);
                int start = bodyStart(whole);
                int kept = start + (whole.length - start) / 2;
                client.getOutputStream().write(whole, 0, kept);
                client.getOutputStream().flush();
            }
            case Fault.Change _ -> {
                byte[] whole = answer(head, body);
                int start = bodyStart(whole);
                if (start < whole.length) {
                    whole[start + (whole.length - start) / 2] ^= 1;
                }
                send(client, whole);
            }
            case Fault.ChangeAt change -> {
                byte[] whole = answer(head, body);
                int at = bodyStart(whole) + change.index();
                if (at < whole.length) {
                    whole[at] ^= 1;
                }
                send(client, whole);
            }
            case Fault.WithoutTag _ -> {
                String whole = new String(answer(head, body), StandardCharsets.ISO_8859_1);
                send(client, whole.replaceFirst("(?i)\r\nETag: [^\r]*", "").getBytes(StandardCharsets.ISO_8859_1));
            }
            case Fault.EmptyListing _ -> send(client, request.isListing() ? emptyListing(request) : answer(head, body));
            case Fault.Reset _ -> client.setSoLinger(true, 0);
            case Fault.ResetAfter _ -> {
                answer(head, body);
                client.setSoLinger(true, 0);
            }
        }
    }

    /** The server's whole answer, on a connection of its own. */
    private byte[] answer(String head, byte[] body) throws IOException {
        String once = head.replaceFirst("(?i)\r\nConnection: [^\r]*", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
        try (Socket upstream = new Socket()) {
            var _ = listener.opened(upstream);
            upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            OutputStream out = upstream.getOutputStream();
            out.write(once.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            byte[] answer = upstream.getInputStream().readAllBytes();
            listener.ended(upstream);
            return answer;
        }
    }

    private static void send(Socket client, byte[] answer) throws IOException {
        client.getOutputStream().write(answer);
        client.getOutputStream().flush();
        client.shutdownOutput();
    }

    private static byte[] error(FaultPlan.Request request, Fault.Answer answer) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + answer.code() + "</Code><Message>"
                + answer.message() + "</Message><RequestId>1</RequestId></Error>";
        return page(answer.status(), "application/xml", xml, request);
    }

    private static byte[] emptyListing(FaultPlan.Request request) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>bucket</Name><Prefix></Prefix>"
                + "<KeyCount>0</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated></ListBucketResult>";
        return page(200, "application/xml", xml, request);
    }

    private static byte[] page(int status, String type, String text, FaultPlan.Request request) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " Fault\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        if (!request.method().equals("HEAD")) {
            all.writeBytes(body);
        }
        return all.toByteArray();
    }

    private FaultPlan.Request request(String head) {
        String[] line = head.substring(0, head.indexOf("\r\n")).split(" ");
        int question = line[1].indexOf('?');
        String path = question < 0 ? line[1] : line[1].substring(0, question);
        String query = question < 0 ? "" : line[1].substring(question + 1);
        return new FaultPlan.Request(index.getAndIncrement(), line[0], path, query);
    }

    private static int bodyStart(byte[] whole) {
        int end = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        return end < 0 ? whole.length : end + 4;
    }
}
