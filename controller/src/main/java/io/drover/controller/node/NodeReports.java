package io.drover.controller.node;

import io.drover.controller.host.DiskState;
import io.drover.core.model.ByteSize;
import io.drover.core.model.StorageNode;
import io.drover.core.model.StorageNode.NodeReport;
import io.drover.core.model.StorageNode.SeenDisk;
import io.drover.core.model.StorageNode.WantedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What is written down of a host's answer, and whether that is worth a write. Pure. */
final class NodeReports {
    static final String READY = "Ready";
    static final String DISK_PROBLEM = "DiskProblem";
    static final String NOT_CONFIGURED = "NotConfigured";
    static final String NO_ANSWER = "NoAnswer";

    /** A host of thousands in a cluster writes this often when nothing happens. */
    private static final Duration AT_LEAST = Duration.ofMinutes(10);
    /** Of a disk's capacity; free space moves all the time. */
    private static final int WORTH_PERCENT = 2;

    private NodeReports() {}

    /** Of a host that answered. */
    static NodeReport answered(StorageNode node, String address, List<DiskState> disks, Instant now) {
        List<SeenDisk> seen = disks.stream().map(disk -> seen(node, disk)).toList();
        String problems = seen.stream()
                .filter(disk -> !disk.problem().isEmpty())
                .map(disk -> disk.path() + ": " + disk.problem())
                .collect(Collectors.joining("; "));
        if (seen.isEmpty()) {
            return new NodeReport(address, false, DISK_PROBLEM, "it has no disk; name one in spec.disks", seen, now);
        }
        return problems.isEmpty()
                ? new NodeReport(address, true, READY, "", seen, now)
                : new NodeReport(address, false, DISK_PROBLEM, problems, seen, now);
    }

    /** Of a host that answered, but does not take what its record wants. */
    static NodeReport notConfigured(StorageNode node, String address, List<DiskState> disks, String why, Instant now) {
        NodeReport report = answered(node, address, disks, now);
        return new NodeReport(address, false, NOT_CONFIGURED, why, report.disks(), now);
    }

    /** Of a host that did not answer: what was known of it stays. */
    static NodeReport silent(StorageNode node, String address, String why, Instant now) {
        return node.report()
                .map(before -> new NodeReport(address, false, NO_ANSWER, why, before.disks(), before.seenAt()))
                .orElseGet(() -> new NodeReport(address, false, NO_ANSWER, why, List.of(), now));
    }

    /** Whether the record should say the new one. */
    static boolean isWorthWriting(StorageNode node, NodeReport next) {
        return node.report()
                .map(before -> !says(before).equals(says(next))
                        || movedFar(before.disks(), next.disks())
                        || before.seenAt().plus(AT_LEAST).isBefore(next.seenAt()))
                .orElse(true);
    }

    /** What matters at once: all but the time and the free space. */
    private static NodeReport says(NodeReport report) {
        return new NodeReport(
                report.address(),
                report.ready(),
                report.reason(),
                report.message(),
                report.disks().stream()
                        .map(disk -> new SeenDisk(
                                disk.name(),
                                disk.path(),
                                disk.id(),
                                disk.capacity(),
                                new ByteSize(0),
                                disk.provisioned(),
                                disk.problem()))
                        .toList(),
                Instant.EPOCH);
    }

    private static boolean movedFar(List<SeenDisk> before, List<SeenDisk> next) {
        for (int i = 0; i < next.size(); i++) {
            long moved = Math.abs(
                    before.get(i).available().bytes() - next.get(i).available().bytes());
            if (moved > next.get(i).capacity().bytes() / 100 * WORTH_PERCENT) {
                return true;
            }
        }
        return false;
    }

    private static SeenDisk seen(StorageNode node, DiskState disk) {
        String name = node.disks().stream()
                .filter(wanted -> wanted.path().equals(disk.path()))
                .map(WantedDisk::name)
                .filter(given -> !given.isEmpty())
                .findFirst()
                .orElseGet(() -> Objects.toString(Path.of(disk.path()).getFileName(), disk.path()));
        return new SeenDisk(
                name, disk.path(), disk.id(), disk.capacity(), disk.available(), disk.provisioned(), disk.problem());
    }
}
