package io.drover.snapshotter.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives out access keys for tokens of one value, as Amazon's STS does for AssumeRoleWithWebIdentity; refuses all others. */
public final class TrialSts implements AutoCloseable {
    private final HttpServer server;
    private final String keyId;
    private final String secret;
    private final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();
    private volatile String token;
    private final Instant expiration;

    private TrialSts(HttpServer server, String keyId, String secret, String token, Instant expiration) {
        this.server = server;
        this.keyId = keyId;
        this.secret = secret;
        this.token = token;
        this.expiration = expiration;
    }

    /** Starts one that gives out this key, on a free port of the loopback interface. */
    public static TrialSts start(String keyId, String secret, String token, Instant expiration) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TrialSts sts = new TrialSts(server, keyId, secret, token, expiration);
        server.createContext("/", sts::answer);
        server.start();
        return sts;
    }

    /** For {@code AWS_ENDPOINT_URL_STS}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on this token is the right one. */
    public void accept(String wanted) {
        token = wanted;
    }

    /** The fields of all requests so far. */
    public List<Map<String, String>> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> fields = fields(exchange);
        seen.add(fields);
        boolean right = "AssumeRoleWithWebIdentity".equals(fields.get("Action"))
                && token.equals(fields.get("WebIdentityToken"));
        byte[] body = (right ? granted(fields) : refused()).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(right ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> fields(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> fields = new HashMap<>();
        for (String field : form.split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private String granted(Map<String, String> fields) {
        return "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<AssumeRoleWithWebIdentityResult><AssumedRoleUser><Arn>" + fields.get("RoleArn")
                + "/drover</Arn><AssumedRoleId>trial</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>"
                + keyId
                + "</AccessKeyId><SecretAccessKey>" + secret + "</SecretAccessKey><SessionToken>session</SessionToken>"
                + "<Expiration>" + expiration + "</Expiration></Credentials></AssumeRoleWithWebIdentityResult>"
                + "</AssumeRoleWithWebIdentityResponse>";
    }

    private static String refused() {
        return "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
                + "<Code>InvalidIdentityToken</Code><Message>the token is not of this issuer</Message></Error></ErrorResponse>";
    }
}
