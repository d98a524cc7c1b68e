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

/** Serves {@code /metrics} and {@code /healthz} over HTTP, on loopback only. */
final class MetricsServer implements AutoCloseable {
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
    static MetricsServer start(int port, Supplier<String> scrape, BooleanSupplier healthy) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, scrape.get()));
            server.createContext("/healthz", exchange -> {
                boolean well = healthy.getAsBoolean();
                answer(exchange, well ? 200 : 503, PLAIN, well ? "ok\n" : "not healthy; see the log\n");
            });
            server.start();
            return new MetricsServer(server);
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.IN_USE,
                    "cannot serve metrics on 127.0.0.1:" + port + ": " + e.getMessage()
                            + "; choose another --metrics-port, or 0 for none",
                    e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
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
