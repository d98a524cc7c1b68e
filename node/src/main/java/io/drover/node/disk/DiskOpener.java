package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.exec.CommandFailed;
import io.drover.core.exec.CommandRunner;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.model.DiskId;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.FileSystemStatistics;
import io.drover.core.sys.SystemCallException;
import io.drover.core.sys.SystemCalls;
import io.drover.node.metadata.DiskFailure;
import io.drover.node.pool.PoolEngine;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Opens what the user gave as a disk, and initialises it if it surely is empty and new. Opening again after a crash at any point
 * continues. Whatever is foreign, changed, missing or unclear is refused, untouched.
 *
 * <pre>
 *  path ──► block device ───────────────► DeviceDisks: probe → (intent → mkfs) → mount ──┐
 *   │                                                                                    ├─► identity: ours? expected? ─► Disk
 *   ├─► directory with identity, or on btrfs / XFS with reflink: used as it is ──────────┤
 *   └─► any other directory: image file, (intent → mkfs → rename) → loop → mount ────────┘
 * </pre>
 */
public final class DiskOpener {
    private final SystemCalls calls;
    private final KnownDisks known;
    private final Map<DiskEngine, PoolEngine> engines;
    private final Identities identities;
    private final BlockDisks blocks;
    private final ReflinkTest reflinks;

    /**
     * @param mountsDirectory where file systems that Drover made are mounted, by uuid
     */
    public DiskOpener(
            SystemCalls calls,
            CommandRunner commands,
            KnownDisks known,
            Path mountsDirectory,
            Map<DiskEngine, PoolEngine> engines,
            Clock clock,
            FaultPoints faults) {
        this.calls = calls;
        this.known = known;
        this.engines = Map.copyOf(engines);
        this.identities = new Identities(known, clock, faults);
        this.reflinks = new ReflinkTest(calls.files(), calls.extents());
        PoolFileSystem fileSystems = new PoolFileSystem(commands, calls.mounts(), mountsDirectory);
        this.blocks = new BlockDisks(
                calls,
                new DeviceProbe(commands),
                fileSystems,
                new PoolImage(calls.files(), calls.loops()),
                known,
                identities,
                faults);
    }

    /**
     * Opens one disk. Blocks: may format and mount.
     *
     * @param taken the disks that are open already, under other paths
     */
    public DiskState open(DiskConfiguration configuration, Set<DiskId> taken) {
        try {
            return openOrThrow(configuration, taken);
        } catch (StorageException | SystemCallException | CommandFailed | UncheckedIOException e) {
            String operation = "cannot use disk " + configuration.shown();
            return new RefusedDisk(configuration, operation + ": " + DiskFailure.problem(e));
        }
    }

    /** Unmounts what was mounted for the disk. Called when no volume of it is attached. */
    public void close(Disk disk) {
        if (disk.kind() != DiskKind.DIRECTORY) {
            blocks.unmount(disk.id());
        }
    }

    private DiskState openOrThrow(DiskConfiguration configuration, Set<DiskId> taken) {
        Path path = configuration.path();
        configuration
                .forget()
                .filter(id -> known.at(path).equals(Optional.of(id)))
                .ifPresent(known::forget);
        FileStatus status = calls.files().status(path).orElseThrow(() -> absent(path));
        Place place;
        if (status.isBlockDevice()) {
            place = blocks.device(configuration);
        } else if (!status.isDirectory()) {
            throw StorageException.invalid(path + " is neither a directory nor a block device; give one of these");
        } else {
            place = directory(configuration);
        }
        if (taken.contains(place.id())) {
            throw StorageException.existsDifferent("it is disk " + place.id()
                    + ", which is open under another path already; remove one of the two from the configuration");
        }
        known.remember(place.id(), path);
        PoolEngine engine = engines.get(place.engine());
        if (engine == null) {
            throw StorageException.unsupported(
                    "there is no engine for " + place.engine().text());
        }
        Disk disk = new Disk(place.id(), configuration, place.kind(), engine, place.root(), place.host());
        Directories.create(disk.volumes());
        return disk;
    }

    private StorageException absent(Path path) {
        return known.at(path)
                .map(id -> missing(path, id))
                .orElseGet(() ->
                        StorageException.invalid(path + " does not exist; make the directory, or correct the path"));
    }

    private static StorageException missing(Path path, DiskId id) {
        return StorageException.unavailable("disk " + id + " was at " + path
                + " and is not there now; is it mounted? If it will not come back, add forget=" + id);
    }

    private Place directory(DiskConfiguration configuration) {
        Path path = configuration.path();
        if (DiskIdentity.file(path).read().isPresent()) {
            return identities.accept(configuration, path, path, engineOf(path), DiskKind.DIRECTORY);
        }
        if (Files.exists(path.resolve(PoolImage.FILE))) {
            return blocks.image(configuration);
        }
        known.at(path).ifPresent(id -> {
            throw missing(path, id);
        });
        EmptyDirectory.require(path);
        FileSystemStatistics statistics = calls.fileSystems().statistics(path);
        boolean copyOnWrite = statistics.type() == FileSystemStatistics.BTRFS
                || (statistics.type() == FileSystemStatistics.XFS && reflinks.works(path));
        if (!copyOnWrite) {
            blocks.makeImage(configuration, statistics.availableBytes());
            return blocks.image(configuration);
        }
        DiskEngine engine = engineOf(path);
        configuration.engine().filter(wanted -> wanted != engine).ifPresent(wanted -> {
            throw StorageException.invalid(path + " is on " + engine.text() + ", engine=" + wanted.text()
                    + " was asked for; leave the engine away");
        });
        if (configuration.size().isPresent()) {
            throw StorageException.invalid(path + " is on " + engine.text()
                    + " and is used as it is: there is no image file to give a size to; leave the size away");
        }
        return identities.initialise(known.intend(path), path, path, engine, DiskKind.DIRECTORY);
    }

    private DiskEngine engineOf(Path directory) {
        long type = calls.fileSystems().statistics(directory).type();
        if (type == FileSystemStatistics.BTRFS) {
            return DiskEngine.BTRFS;
        }
        if (type == FileSystemStatistics.XFS) {
            return DiskEngine.XFS;
        }
        throw StorageException.unsupported(directory + " carries a disk's identity and is neither on btrfs nor on XFS;"
                + " it was copied there: use an empty directory");
    }
}
