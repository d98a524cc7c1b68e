package io.drover.node.freeze;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.CommandFailed;
import io.drover.core.exec.DetachedCommands;
import io.drover.core.fault.FaultPoints;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.SystemCallException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Freezes mounted file systems, all or none, with a deadline that a {@code kill -9} of this process does not remove. */
public final class Freezer {
    private static final Logger log = LoggerFactory.getLogger(Freezer.class);

    private final FileSystemCalls fileSystems;
    private final DetachedCommands commands;
    private final FreezeRecords records;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final FaultPoints faults;

    /** Keeps its records in the directory, which is made when it is first needed. */
    public Freezer(
            FileSystemCalls fileSystems,
            DetachedCommands commands,
            Path directory,
            InstantSource clock,
            Supplier<String> ids,
            FaultPoints faults) {
        this.fileSystems = fileSystems;
        this.commands = commands;
        this.records = new FreezeRecords(directory);
        this.clock = clock;
        this.ids = ids;
        this.faults = faults;
    }

    /**
     * Freezes in the order given. What is dirty is written before, so that the writers' wait is short.
     *
     * @param mountPoints of different file systems, mounted for writing
     * @param below files in the file systems that hold these ones; what is dirty there is written before as well, since a copy that is
     *     made meanwhile would have to
     * @throws StorageException BUSY if one is frozen by somebody else, TIMEOUT if it took longer than the deadline; nothing is frozen
     *     then
     */
    public Freeze freeze(List<Path> mountPoints, Collection<Path> below, Duration deadline) {
        if (mountPoints.isEmpty()) {
            return new Held("", List.of(), null);
        }
        write(mountPoints, below);
        String id = ids.get();
        Instant until = clock.instant().plus(deadline);
        Held held = new Held(id, mountPoints, guard(mountPoints, deadline));
        try {
            held.record(until);
            faults.reach("freeze.recorded");
            // Again, now that guard and record have taken their time: a workload dirties megabytes within a tenth of a
            // second.
            write(mountPoints, below);
            held.freezeAll();
            faults.reach("freeze.frozen");
            held.requireGuarded(until);
            return held;
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private void write(List<Path> mountPoints, Collection<Path> below) {
        mountPoints.forEach(fileSystems::sync);
        below.forEach(fileSystems::sync);
    }

    /** Thaws what an earlier life of this program left frozen. Runs at the start, before any call is served. */
    public void recover() {
        records.list().forEach((id, left) -> {
            FreezeGuard.find(left.guardPid(), left.guardStarted()).ifPresent(FreezeGuard::end);
            for (String mountPoint : left.mountPoints().reversed()) {
                if (thaw(Path.of(mountPoint))) {
                    log.atWarn().addKeyValue("path", mountPoint).log("thawed what an ended process had frozen");
                }
            }
            records.delete(id);
        });
    }

    private ProcessHandle guard(List<Path> mountPoints, Duration deadline) {
        try {
            return commands.start(FreezeGuard.command(mountPoints, deadline));
        } catch (CommandFailed e) {
            throw StorageException.internal("cannot freeze " + mountPoints + " without a guard: " + e.getMessage(), e);
        }
    }

    /** Whether it was frozen until now. A file system that is not there any more is not frozen. */
    private boolean thaw(Path mountPoint) {
        try {
            fileSystems.thaw(mountPoint);
            return true;
        } catch (SystemCallException e) {
            if (e.is(Errno.EINVAL) || e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    private final class Held implements Freeze {
        private final String id;
        private final List<Path> mountPoints;
        private final @Nullable ProcessHandle guard;
        private final Deque<Path> frozen = new ArrayDeque<>();
        private boolean complete = true;
        private boolean open = true;

        Held(String id, List<Path> mountPoints, @Nullable ProcessHandle guard) {
            this.id = id;
            this.mountPoints = List.copyOf(mountPoints);
            this.guard = guard;
        }

        void record(Instant until) {
            if (guard != null) {
                List<String> paths = mountPoints.stream().map(Path::toString).toList();
                records.write(
                        id,
                        new FreezeRecord(
                                FreezeRecord.FORMAT, paths, until.toString(), guard.pid(), FreezeGuard.started(guard)));
            }
        }

        void freezeAll() {
            for (Path mountPoint : mountPoints) {
                try {
                    fileSystems.freeze(mountPoint);
                    frozen.push(mountPoint);
                } catch (SystemCallException e) {
                    throw new StorageException(
                            e.is(Errno.EBUSY) ? ErrorCode.BUSY : ErrorCode.INTERNAL,
                            "cannot freeze " + mountPoint + ": " + e.getMessage()
                                    + (e.is(Errno.EBUSY) ? "; somebody else has frozen it, call again" : ""),
                            e);
                }
            }
        }

        /** The guard may have come and gone while the freezing itself waited for writes. */
        void requireGuarded(Instant until) {
            if (guard == null || !guard.isAlive() || !clock.instant().isBefore(until)) {
                throw new StorageException(
                        ErrorCode.TIMEOUT,
                        "cannot freeze " + mountPoints + ": it took longer than its deadline; call again when the "
                                + "workload writes less");
            }
        }

        @Override
        public boolean thaw() {
            if (!open) {
                return complete;
            }
            RuntimeException failure = null;
            while (!frozen.isEmpty()) {
                try {
                    complete &= Freezer.this.thaw(frozen.pop());
                } catch (SystemCallException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                // record and guard stay: they thaw what this could not
                throw failure;
            }
            open = false;
            if (guard != null) {
                FreezeGuard.end(guard);
                records.delete(id);
            }
            return complete;
        }

        @Override
        public void close() {
            thaw();
        }
    }
}
