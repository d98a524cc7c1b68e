package io.drover.cluster;

import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.node.disk.DiskConfiguration;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads the values of a command line, and reports all mistakes together. */
final class Arguments {
    private static final String UNIX = "unix://";
    private static final int MAX_PORT = 65_535;

    private final List<String> problems = new ArrayList<>();

    /** A unix socket: {@code unix:///run/x.sock}, or the path alone. */
    Path socket(String option, String endpoint) {
        String path = endpoint.startsWith(UNIX) ? endpoint.substring(UNIX.length()) : endpoint;
        try {
            if (path.startsWith("/") && path.length() > 1) {
                return Path.of(path).normalize();
            }
        } catch (InvalidPathException e) {
            // Reported below, as every other text that is no path.
        }
        problems.add(option + " " + endpoint + " is no unix socket; write unix:///run/drover/x.sock");
        return Path.of("/");
    }

    /** A place to listen: {@code 0.0.0.0:9811}, {@code [::]:9811}; the port 0 is any. */
    InetSocketAddress listen(String option, String text) {
        int colon = text.lastIndexOf(':');
        try {
            String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|]$", "");
            int port = Integer.parseInt(text.substring(colon + 1));
            if (!host.isEmpty() && port >= 0 && port <= MAX_PORT) {
                InetSocketAddress address = new InetSocketAddress(host, port);
                if (!address.isUnresolved()) {
                    return address;
                }
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        problems.add(option + " " + text + " is no address of this host; write 0.0.0.0:9811 or [::]:9811");
        return InetSocketAddress.createUnresolved("invalid", 0);
    }

    /** Where figures are served, or nothing if they are not. */
    Optional<InetSocketAddress> metrics(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(listen("--metrics-address", text));
    }

    NodeId node(String option, String name) {
        return checked(option, name, NodeId::new, new NodeId("invalid"));
    }

    List<DiskConfiguration> disks(List<String> texts) {
        List<DiskConfiguration> disks = new ArrayList<>();
        for (String text : texts) {
            try {
                DiskConfiguration disk = DiskConfiguration.parse(text);
                if (disks.stream().anyMatch(other -> other.path().equals(disk.path()))) {
                    problems.add("--disk " + disk.path() + " is given twice");
                }
                disks.add(disk);
            } catch (StorageException e) {
                problems.add("--" + e.getMessage());
            }
        }
        return disks;
    }

    /** A value that checks itself. */
    <T> T checked(String option, String text, Function<String, T> parse, T otherwise) {
        try {
            return parse.apply(text);
        } catch (StorageException e) {
            problems.add(option + ": " + e.getMessage());
            return otherwise;
        }
    }

    void problem(String text) {
        problems.add(text);
    }

    /**
     * To be called when everything is read.
     *
     * @throws StorageException INVALID with a numbered list
     */
    void check() {
        if (!problems.isEmpty()) {
            throw StorageException.invalid("cannot start: the command line has " + problems.size()
                    + (problems.size() == 1 ? " mistake:" : " mistakes:")
                    + IntStream.range(0, problems.size())
                            .mapToObj(i -> "\n  " + (i + 1) + ". " + problems.get(i))
                            .reduce("", String::concat));
        }
    }
}
