package io.drover.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /metrics}, {@code /healthz} (it lives) and {@code /readyz} (it serves requests, or stands by) over HTTP. */
public final class MetricsServer implements AutoCloseable {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final HttpServer server;

    private MetricsServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param scrape makes the text of {@code /metrics}
     * @throws StorageException IN_USE if the port is taken
     */
    public static MetricsServer start(
            InetSocketAddress address, Supplier<String> scrape, BooleanSupplier healthy, BooleanSupplier ready) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, scrape.get()));
            server.createContext("/healthz", exchange -> answer(exchange, healthy, "not healthy; see the log\n"));
            server.createContext("/readyz", exchange -> answer(exchange, ready, "not ready yet; see the log\n"));
            server.start();
            return new MetricsServer(server);
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.IN_USE,
                    "cannot serve metrics on " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage() + "; choose another port, or 0 for none",
                    e);
        }
    }

    /** Where the figures are. */
    public String address() {
        InetAddress host = server.getAddress().getAddress();
        String name = host.isAnyLocalAddress() ? HostName.ofThisHost() : host.getHostAddress();
        return "http://" + (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":"
                + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, BooleanSupplier state, String trouble) throws IOException {
        boolean well = state.getAsBoolean();
        answer(exchange, well ? 200 : 503, PLAIN, well ? "ok\n" : trouble);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
