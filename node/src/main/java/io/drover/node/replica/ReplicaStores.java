package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.DiskId;
import io.drover.core.sys.FileCalls;
import io.drover.node.disk.Disk;
import io.drover.node.disk.DiskConfiguration;
import io.drover.node.disk.DiskState;
import io.drover.node.disk.DiskStatus;
import io.drover.node.disk.Disks;
import io.drover.node.disk.RefusedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The replica stores of this host, one per disk that is open. */
public final class ReplicaStores {
    private static final Logger log = LoggerFactory.getLogger(ReplicaStores.class);

    private final Disks disks;
    private final FileCalls files;
    private final FaultPoints faults;
    private final Map<DiskId, ReplicaStore> stores = new ConcurrentSkipListMap<>();

    /** Opens nothing yet: {@link #refresh} does. */
    public ReplicaStores(Disks disks, FileCalls files, FaultPoints faults) {
        this.disks = disks;
        this.files = files;
        this.faults = faults;
    }

    /** Opens what can be opened and is not yet, and cleans up there. To be called at the start, and now and then. */
    public synchronized void refresh() {
        boolean added = false;
        for (Disk disk : disks.refresh()) {
            if (!stores.containsKey(disk.id())) {
                try {
                    stores.put(disk.id(), ReplicaStore.open(disk, files, faults));
                    added = true;
                } catch (StorageException e) {
                    log.atError()
                            .addKeyValue("disk", disk.id())
                            .setCause(e)
                            .log("the replicas of a disk cannot be read");
                }
            }
        }
        if (added) {
            new GroupSettlement(stores).settle();
        }
    }

    /**
     * Refuses to give up disks on which something lies.
     *
     * @param wanted all that stay
     * @throws StorageException IN_USE naming disk and volume; UNAVAILABLE if a disk does not say what is on it
     */
    public synchronized void requireUnused(List<DiskConfiguration> wanted) {
        Set<Path> paths = wanted.stream().map(DiskConfiguration::path).collect(Collectors.toSet());
        for (Disk disk : disks.open()) {
            if (!paths.contains(disk.configuration().path())) {
                disk.requirePresent();
                firstOn(disk).ifPresent(volume -> {
                    throw StorageException.inUse("cannot give up disk "
                            + disk.configuration().path() + " (" + disk.id() + "): volume " + volume
                            + " or its snapshots lie on it; delete them first, or name the disk again");
                });
            }
        }
    }

    /** Takes disks, opens those that are new and closes those that go; does nothing if they are those of now. See {@link Disks#configure}. */
    public synchronized void configure(List<DiskConfiguration> wanted) {
        if (disks.all().stream().map(DiskState::configuration).toList().equals(wanted)) {
            return;
        }
        disks.configure(wanted);
        Set<DiskId> open = disks.open().stream().map(Disk::id).collect(Collectors.toSet());
        stores.keySet().retainAll(open);
        disks.withinLimit(this::refresh);
    }

    private static Optional<String> firstOn(Disk disk) {
        try (Stream<Path> volumes = Files.list(disk.volumes())) {
            return volumes.map(path -> path.getFileName().toString()).sorted().findFirst();
        } catch (IOException e) {
            throw StorageException.unavailable(
                    "cannot give up disk " + disk.id() + ": what lies on it cannot be read: " + e.getMessage());
        }
    }

    /** How every configured disk is now, in the order of the configuration. Those that were refused are tried again. */
    public List<DiskStatus> describe() {
        if (disks.all().stream().anyMatch(RefusedDisk.class::isInstance)) {
            disks.withinLimit(this::refresh);
        }
        List<DiskStatus> described = new ArrayList<>();
        for (var state : disks.all()) {
            described.add(
                    switch (state) {
                        case Disk disk -> {
                            ReplicaStore store = stores.get(disk.id());
                            yield disks.status(
                                    disk,
                                    store == null ? 0 : store.provisionedBytes(),
                                    store == null ? 0 : store.count());
                        }
                        case RefusedDisk refused -> Disks.status(refused);
                    });
        }
        return described;
    }

    Disks disks() {
        return disks;
    }

    /** Those that are open, by disk. */
    Collection<ReplicaStore> all() {
        return stores.values();
    }

    /**
     * The store of a disk that is there: its identity was read just now, so that absent means absent.
     *
     * @throws StorageException UNAVAILABLE if the disk is not open, or gone
     */
    ReplicaStore require(DiskId id) {
        ReplicaStore store = stores.get(id);
        if (store == null) {
            throw StorageException.unavailable(
                    "disk " + id + " is not usable on this host now" + problems() + "; see the list of disks");
        }
        store.disk().requirePresent();
        return store;
    }

    private String problems() {
        List<String> problems = disks.all().stream()
                .filter(RefusedDisk.class::isInstance)
                .map(state -> ((RefusedDisk) state).problem())
                .toList();
        return problems.isEmpty() ? "" : " (" + String.join("; ", problems) + ")";
    }
}
