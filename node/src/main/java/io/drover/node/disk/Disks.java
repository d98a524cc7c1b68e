package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.Settings;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.SystemCallException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured disks of this host, each opened or refused. One disk's trouble is its own. */
public final class Disks {
    private static final Logger log = LoggerFactory.getLogger(Disks.class);

    private final DiskOpener opener;
    private final DiskProbe probe;
    private final FileSystemCalls fileSystems;
    private final Supplier<Settings> settings;
    private volatile List<DiskState> states;

    /** Knows the disks and opens none yet: {@link #refresh} does. */
    public Disks(
            List<DiskConfiguration> configurations,
            DiskOpener opener,
            DiskProbe probe,
            FileSystemCalls fileSystems,
            Supplier<Settings> settings) {
        this.opener = opener;
        this.probe = probe;
        this.fileSystems = fileSystems;
        this.settings = settings;
        this.states = configurations.stream()
                .<DiskState>map(configuration -> new RefusedDisk(configuration, "not opened yet"))
                .toList();
    }

    /** Tries to open those disks that are not open. Blocks: may format and mount. Returns all that are open. */
    public synchronized List<Disk> refresh() {
        Set<DiskId> taken = new HashSet<>();
        open().forEach(disk -> taken.add(disk.id()));
        List<DiskState> next = new ArrayList<>();
        for (DiskState state : states) {
            switch (state) {
                case Disk disk -> next.add(disk);
                case RefusedDisk refused -> next.add(retried(refused, taken));
            }
        }
        states = List.copyOf(next);
        return open();
    }

    /**
     * Takes other disks than before. Those that stay keep what is open; those that go are closed, and the caller has made sure that nothing
     * lies on them; new ones are opened by {@link #refresh}.
     */
    public synchronized void configure(List<DiskConfiguration> configurations) {
        Map<Path, DiskState> before = new LinkedHashMap<>();
        states.forEach(state -> before.put(state.configuration().path(), state));
        List<DiskState> next = new ArrayList<>();
        for (DiskConfiguration configuration : configurations) {
            next.add(
                    switch (before.remove(configuration.path())) {
                        case Disk disk ->
                            new Disk(disk.id(), configuration, disk.kind(), disk.engine(), disk.root(), disk.host());
                        case RefusedDisk refused when refused.configuration().equals(configuration) -> refused;
                        case null, default -> new RefusedDisk(configuration, "not opened yet");
                    });
        }
        states = List.copyOf(next);
        for (DiskState state : before.values()) {
            log.atInfo().addKeyValue("path", state.configuration().path()).log("disk is not wanted any more");
            if (state instanceof Disk disk) {
                opener.close(disk);
            }
        }
    }

    private DiskState retried(RefusedDisk refused, Set<DiskId> taken) {
        DiskState state = opener.open(refused.configuration(), taken);
        switch (state) {
            case Disk disk -> {
                taken.add(disk.id());
                log.atInfo()
                        .addKeyValue("disk", disk.id())
                        .addKeyValue("path", disk.configuration().path())
                        .addKeyValue("kind", disk.kind().text())
                        .addKeyValue("engine", disk.engine().name())
                        .log("disk opened");
            }
            case RefusedDisk again -> {
                if (!again.problem().equals(refused.problem())) {
                    log.atWarn()
                            .addKeyValue("path", again.configuration().path())
                            .log(again.problem());
                }
            }
        }
        return state;
    }

    /** Runs work that opens disks, and waits no longer for it than a disk may take to answer; see {@link DiskProbe}. */
    public void withinLimit(Runnable opening) {
        probe.withinLimit(Path.of("/"), opening);
    }

    /** All that are open. */
    public List<Disk> open() {
        return states.stream()
                .filter(Disk.class::isInstance)
                .map(Disk.class::cast)
                .toList();
    }

    /** All that are configured, in that order. */
    public List<DiskState> all() {
        return states;
    }

    /**
     * The figures of a disk, fresh.
     *
     * @param provisioned sum of the sizes of its replicas
     * @throws StorageException UNAVAILABLE if the disk does not say
     */
    public DiskUsage usage(Disk disk, long provisioned) {
        try {
            var pool = fileSystems.statistics(disk.root());
            long available = disk.kind() == DiskKind.IMAGE
                    ? Math.min(
                            pool.availableBytes(),
                            fileSystems.statistics(disk.host()).availableBytes())
                    : pool.availableBytes();
            return new DiskUsage(pool.totalBytes(), available, provisioned);
        } catch (SystemCallException e) {
            throw StorageException.unavailable(
                    "cannot read the free space of disk " + disk.id() + ": " + e.getMessage());
        }
    }

    /** How a disk is now, tried out. */
    public DiskStatus status(Disk disk, long provisioned, long replicas) {
        Optional<String> problem = probe.problem(disk);
        DiskUsage usage;
        try {
            usage = problem.isPresent() ? new DiskUsage(0, 0, provisioned) : usage(disk, provisioned);
        } catch (StorageException e) {
            problem = Optional.of(String.valueOf(e.getMessage()));
            usage = new DiskUsage(0, 0, provisioned);
        }
        boolean schedulable = problem.isEmpty() && watermarks().room(usage) > 0;
        return new DiskStatus(
                disk.configuration(),
                Optional.of(disk.id()),
                disk.engine().name(),
                disk.kind().text(),
                usage,
                replicas,
                schedulable,
                problem.orElse(""));
    }

    /** How a refused disk is. */
    public static DiskStatus status(RefusedDisk disk) {
        return new DiskStatus(
                disk.configuration(), Optional.empty(), "", "", new DiskUsage(0, 0, 0), 0, false, disk.problem());
    }

    /**
     * Refuses a new volume, or more of one, that the disk has no room for.
     *
     * @throws StorageException NO_SPACE
     */
    public void requireRoom(String operation, Disk disk, long provisioned, ByteSize more) {
        watermarks().againstVolume(usage(disk, provisioned), more).ifPresent(reason -> {
            throw StorageException.noSpace(operation + ": disk " + disk.id() + " has no room: " + reason);
        });
    }

    /**
     * Refuses a new snapshot on a disk that is nearly full.
     *
     * @throws StorageException NO_SPACE
     */
    public void requireRoomForSnapshot(String operation, Disk disk, long provisioned) {
        watermarks().againstSnapshot(usage(disk, provisioned)).ifPresent(reason -> {
            throw StorageException.noSpace(operation + ": disk " + disk.id() + " has no room: " + reason);
        });
    }

    private Watermarks watermarks() {
        return new Watermarks(settings.get());
    }
}
