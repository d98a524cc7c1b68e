package io.drover.controller.host;

import io.drover.core.error.StorageException;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All disks of all hosts that answered, and what was wrong with those that did not. Whoever decides by it says what a missing answer
 * means.
 *
 * @param silent by node: why there is no answer
 */
public record HostSurvey(List<DiskState> disks, Map<NodeId, StorageException> silent) {
    public HostSurvey {
        disks = List.copyOf(disks);
        silent = Map.copyOf(silent);
    }

    /** Asks all hosts at once and waits for each. */
    public static HostSurvey of(Hosts hosts) {
        List<DiskState> disks = new ArrayList<>();
        Map<NodeId, StorageException> silent = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<NodeId, Future<HostState>> answers = new TreeMap<>();
            hosts.nodes().forEach(node -> answers.put(node, threads.submit(() -> hosts.describe(node))));
            answers.forEach((node, answer) -> {
                try {
                    disks.addAll(answer.get().disks());
                } catch (ExecutionException e) {
                    silent.put(node, asStorageException(node, e));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    silent.put(node, StorageException.unavailable("interrupted while asking node " + node));
                }
            });
        }
        return new HostSurvey(disks, silent);
    }

    public Optional<DiskState> disk(DiskId id) {
        return disks.stream().filter(disk -> disk.id().equals(Optional.of(id))).findFirst();
    }

    private static StorageException asStorageException(NodeId node, ExecutionException failure) {
        return failure.getCause() instanceof StorageException known
                ? known
                : StorageException.internal("asking node " + node + " failed: " + failure.getCause(), failure);
    }
}
