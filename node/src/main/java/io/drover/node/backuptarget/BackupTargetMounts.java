package io.drover.node.backuptarget;

import io.drover.core.error.StorageException;
import io.drover.core.exec.Command;
import io.drover.core.exec.CommandFailed;
import io.drover.core.exec.CommandRunner;
import io.drover.core.file.Directories;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.node.mount.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mounts NFS exports below one folder while somebody claims them, and removes them when nobody does. A restarted agent finds them again. */
public final class BackupTargetMounts {
    private static final Logger log = LoggerFactory.getLogger(BackupTargetMounts.class);

    private final Path folder;
    private final MountCalls mounts;
    private final CommandRunner commands;
    private final Clock clock;
    private final Duration patience;
    /** When a mount point was claimed last; of one that an earlier process made, when this one saw it first. */
    private final Map<Path, Instant> claims = new ConcurrentHashMap<>();

    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * @param folder for the mount points; nothing else is in it
     * @param patience how long a mount stays that nobody claims
     */
    public BackupTargetMounts(Path folder, MountCalls mounts, CommandRunner commands, Clock clock, Duration patience) {
        this.folder = folder.toAbsolutePath();
        this.mounts = mounts;
        this.commands = commands;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * Mounts an export, or finds it mounted. Calling again renews the claim. Blocks until the server has answered, at the longest three
     * times a minute.
     *
     * @return the mount point; whether the server still answers there is for whoever uses it to see
     * @throws StorageException UNAVAILABLE if the server does not answer; IN_USE if it refuses, this host cannot mount NFS, or something
     *     else is mounted in the place
     */
    public Path claim(NfsExport export) {
        Path place = export.mountPoint(folder);
        ReentrantLock lock = lock(place);
        lock.lock();
        try {
            if (!isMounted(export, place)) {
                Directories.create(place);
                mount(export, place);
                log.atInfo().addKeyValue("target", export.source()).log("backup target mounted");
            }
            claims.put(place, clock.instant());
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** Removes what nobody has claimed for a while. What is in use is tried again next time. Never waits for a claim under way. */
    public void removeIdle() {
        Instant now = clock.instant();
        for (Mount mount : mounts.mounts()) {
            Path place = mount.target();
            if (!place.startsWith(folder) || place.equals(folder)) {
                continue;
            }
            Instant claimed = claims.computeIfAbsent(place, _ -> now);
            if (!now.isBefore(claimed.plus(patience))) {
                remove(place);
            }
        }
    }

    private void remove(Path place) {
        ReentrantLock lock = lock(place);
        if (!lock.tryLock()) {
            return;
        }
        try {
            Instant claimed = claims.getOrDefault(place, Instant.MIN);
            if (clock.instant().isBefore(claimed.plus(patience)) || !unmount(place)) {
                return;
            }
            claims.remove(place);
            if (new MountTable(mounts.mounts()).at(place).isEmpty()) {
                Files.deleteIfExists(place); // never with anything in it
            }
            log.atInfo().addKeyValue("path", place).log("backup target unmounted, since nobody used it");
        } catch (IOException e) {
            log.atWarn().setCause(e).addKeyValue("path", place).log("a mount point stays");
        } finally {
            lock.unlock();
        }
    }

    private boolean unmount(Path place) {
        try {
            commands.run(NfsMountCommands.unmount(place));
            return true;
        } catch (CommandFailed e) {
            if (e.reason() == CommandFailed.Reason.EXIT && e.errors().contains("busy")) {
                return false;
            }
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("path", place)
                    .log("a backup target is detached, since it cannot be unmounted");
        }
        try {
            commands.run(NfsMountCommands.detach(place));
            return true;
        } catch (CommandFailed e) {
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("path", place)
                    .log("a backup target cannot be detached; tried again later");
            return false;
        }
    }

    private void mount(NfsExport export, Path place) {
        List<Command> attempts = NfsMountCommands.mount(export, place);
        for (int i = 0; ; i++) {
            try {
                commands.run(attempts.get(i));
                break;
            } catch (CommandFailed e) {
                NfsMountFailure failure = NfsMountFailure.of(e);
                // The helper may have been killed after the kernel had done its part.
                if (isMounted(export, place)) {
                    break;
                }
                if (i + 1 == attempts.size() || !failure.isNextVersionWorthATry()) {
                    throw failure.exception(export, e);
                }
            }
        }
        if (!isMounted(export, place)) {
            throw StorageException.unavailable("cannot mount the NFS export " + export.source() + " at " + place
                    + ": mount(8) said that it did, and the kernel says that nothing is mounted there; call again");
        }
    }

    /** @throws StorageException IN_USE if something else is mounted there */
    private boolean isMounted(NfsExport export, Path place) {
        Optional<Mount> mount = new MountTable(mounts.mounts()).at(place);
        if (mount.isPresent() && !isOf(mount.get(), export)) {
            throw StorageException.inUse("cannot mount the NFS export " + export.source() + ": "
                    + mount.get().type() + " of " + mount.get().source() + " is mounted at " + place
                    + "; unmount that");
        }
        return mount.isPresent();
    }

    private static boolean isOf(Mount mount, NfsExport export) {
        // The kernel keeps the name as it was given, but for a slash at the end.
        String source = mount.source().length() > 2 ? mount.source().replaceAll("(?<!:)/+$", "") : mount.source();
        return mount.type().startsWith("nfs") && source.equals(export.source());
    }

    private ReentrantLock lock(Path place) {
        return locks.computeIfAbsent(place, _ -> new ReentrantLock());
    }
}
