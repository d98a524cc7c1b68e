package io.drover.standalone;

import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import io.drover.node.disk.DiskConfiguration;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What {@code drover standalone} was asked for, checked.
 *
 * @param dataDirectory absolute
 * @param csiSocket absolute
 * @param metricsPort on loopback; 0 = none
 */
record StandaloneConfiguration(
        Path dataDirectory,
        Path csiSocket,
        NodeId node,
        List<DiskConfiguration> disks,
        int metricsPort,
        SchedulerFloor.Options schedule) {
    private static final String UNIX = "unix://";
    private static final int MAX_PORT = 65_535;

    StandaloneConfiguration {
        disks = List.copyOf(disks);
    }

    String csiEndpoint() {
        return UNIX + csiSocket;
    }

    Path operationsSocket() {
        return dataDirectory.resolve("drover.sock");
    }

    /** What the command line says, not yet looked at. */
    record Arguments(
            Path dataDirectory,
            String csiEndpoint,
            String nodeName,
            List<String> disks,
            int metricsPort,
            String timeZone,
            String jitter) {}

    /**
     * Checks everything, and reports all that is wrong together.
     *
     * @throws StorageException INVALID with a numbered list
     */
    static StandaloneConfiguration check(Arguments arguments) {
        List<String> problems = new ArrayList<>();
        Path data = arguments.dataDirectory().toAbsolutePath().normalize();
        if (Files.exists(data) && !Files.isDirectory(data)) {
            problems.add("--data-dir " + data + " is no folder; name another, or move the file away");
        }
        Path socket = socket(arguments.csiEndpoint(), data, problems);
        NodeId node = node(arguments.nodeName(), problems);
        List<DiskConfiguration> disks = disks(arguments.disks(), data, problems);
        if (arguments.metricsPort() < 0 || arguments.metricsPort() > MAX_PORT) {
            problems.add("--metrics-port " + arguments.metricsPort() + " is no port; use 1 to " + MAX_PORT
                    + ", or 0 for none");
        }
        SchedulerFloor.Options schedule =
                SchedulerFloor.Options.read(arguments.timeZone(), "--job-jitter", arguments.jitter(), problems::add);
        if (!problems.isEmpty()) {
            throw StorageException.invalid(numbered(problems));
        }
        return new StandaloneConfiguration(data, socket, node, disks, arguments.metricsPort(), schedule);
    }

    private static Path socket(String endpoint, Path data, List<String> problems) {
        if (endpoint.isEmpty()) {
            return data.resolve("csi.sock");
        }
        String path = endpoint.startsWith(UNIX) ? endpoint.substring(UNIX.length()) : endpoint;
        try {
            if (path.startsWith("/") && path.length() > 1) {
                return Path.of(path).normalize();
            }
        } catch (InvalidPathException e) {
            // Reported below, as every other text that is no path.
        }
        problems.add("--csi-endpoint " + endpoint + " is no unix socket; write unix:///run/drover/csi.sock");
        return data;
    }

    private static NodeId node(String name, List<String> problems) {
        try {
            return new NodeId(name);
        } catch (StorageException e) {
            problems.add("--node-name: " + e.getMessage());
            return new NodeId("invalid");
        }
    }

    private static List<DiskConfiguration> disks(List<String> texts, Path data, List<String> problems) {
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
        return texts.isEmpty() ? List.of(DiskConfiguration.at(data.resolve("disk"))) : disks;
    }

    private static String numbered(List<String> problems) {
        String list = IntStream.range(0, problems.size())
                .mapToObj(i -> "\n  " + (i + 1) + ". " + problems.get(i))
                .reduce("", String::concat);
        return "cannot start: the command line has " + problems.size()
                + (problems.size() == 1 ? " mistake:" : " mistakes:") + list;
    }
}
