package io.drover.snapshotter.target;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The proxies of {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}, with the meaning that those have for curl and Go: the
 * scheme of the request decides which proxy, and a host on the list goes without. Its text shows no password.
 *
 * @param noProxy hosts ({@code example.org}: that and all below it; {@code .example.org}: only below), addresses and networks
 *     ({@code 10.0.0.0/8}), each perhaps with a port, separated by commas; {@code *} is everything; may be empty
 */
public record Proxies(Optional<URI> http, Optional<URI> https, String noProxy) {
    /** No proxy at all. */
    public static final Proxies NONE = new Proxies(Optional.empty(), Optional.empty(), "");

    /** The proxy for requests to a server, empty = directly. */
    public Optional<URI> forServer(URI server) {
        Optional<URI> proxy = "https".equals(server.getScheme()) ? https : http;
        return proxy.filter(_ -> !goesDirectly(server));
    }

    private boolean goesDirectly(URI server) {
        String host = bare(server.getHost() == null ? "" : server.getHost());
        int port = server.getPort() > 0 ? server.getPort() : "https".equals(server.getScheme()) ? 443 : 80;
        // As curl and Go: this machine is never behind a proxy.
        if (host.equals("localhost")
                || IpNetwork.parse("127.0.0.0/8").orElseThrow().holds(host)
                || host.equals("::1")) {
            return true;
        }
        return Arrays.stream(noProxy.split("[,\\s]+"))
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> matches(entry, host, port));
    }

    private static boolean matches(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        Optional<IpNetwork> network = IpNetwork.parse(bare(entry));
        if (network.isPresent()) {
            return network.get().holds(host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.substring(colon + 1).matches("[0-9]{1,5}")) {
            if (Integer.parseInt(entry.substring(colon + 1)) != port) {
                return false;
            }
            name = bare(entry.substring(0, colon));
        }
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        return name.startsWith(".")
                ? host.endsWith(name)
                : host.equals(name) || host.endsWith("." + name) || IpNetwork.same(name, host);
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    @Override
    public String toString() {
        return "Proxies[http=" + shown(http) + ", https=" + shown(https) + ", noProxy=" + noProxy + "]";
    }

    private static String shown(Optional<URI> proxy) {
        return proxy.map(
                        uri -> uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
                .orElse("none");
    }
}
