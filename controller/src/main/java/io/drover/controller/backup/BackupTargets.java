package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.TargetAccess;
import io.drover.controller.mover.TargetTest;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.JobTask;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The places that backups go to, and how each is reached. */
public final class BackupTargets {
    private final ResourceStore store;
    private final CredentialStore credentials;
    private final Movers movers;
    private final AnyMover anyMover;
    private final OperationGuard guard = new OperationGuard("backup target");
    private final FaultPoints faults;
    private final Clock clock;

    public BackupTargets(
            ResourceStore store, CredentialStore credentials, Movers movers, FaultPoints faults, Clock clock) {
        this.store = store;
        this.credentials = credentials;
        this.movers = movers;
        this.anyMover = new AnyMover(movers);
        this.faults = faults;
        this.clock = clock;
    }

    /** All targets, by name. */
    public List<BackupTarget> list() {
        return store.list(BackupTarget.class).stream().map(Stored::value).toList();
    }

    public Optional<BackupTarget> find(String name) {
        return store.find(BackupTarget.class, name).map(Stored::value);
    }

    /**
     * Adds a target. One of this name with the same URL gets the credentials instead of those it had; nothing is asked of the target.
     *
     * @param keys of its Secret; empty for none
     * @throws StorageException EXISTS_DIFFERENT if there is one with another URL; INVALID for an impossible name or URL
     */
    public BackupTarget add(String name, String url, Map<String, String> keys) {
        BackupTarget wanted =
                new BackupTarget(name, TargetUrls.require(url), keys.isEmpty() ? "" : name, clock.instant());
        try (var _ = guard.enter("add", name)) {
            Optional<BackupTarget> existing = find(name);
            existing.filter(found -> !BackupUrl.isSameTarget(found.url(), url)).ifPresent(found -> {
                throw StorageException.existsDifferent("cannot add backup target " + name + ": it exists with the URL "
                        + found.url() + "; choose another name, or remove that one first");
            });
            // The keys first: a record never names keys that are not there.
            if (!keys.isEmpty()) {
                credentials.put(name, keys);
            }
            faults.reach("target-add.credentials-kept");
            BackupTarget added = existing.isEmpty()
                    ? store.create(wanted).value()
                    : store.change(
                                    BackupTarget.class,
                                    name,
                                    now -> new BackupTarget(name, now.url(), wanted.credentials(), now.createdAt()))
                            .value();
            faults.reach("target-add.recorded");
            if (keys.isEmpty()) {
                credentials.delete(name);
            }
            return added;
        }
    }

    /**
     * Removes a target here; what lies in it stays. Calling again after success does nothing.
     *
     * @param force also if backups or volumes refer to it; the records of its backups go too, and come back with it from its store
     * @throws StorageException IN_USE naming who refers to it; NOT_READY while a backup is uploaded to it, even if forced
     */
    public void remove(String name, boolean force) {
        try (var _ = guard.enter("remove", name)) {
            Optional<BackupTarget> target = find(name);
            if (target.isEmpty()) {
                return;
            }
            List<Backup> backups = backupsIn(target.get());
            backups.stream().filter(Backup::isUploading).findFirst().ifPresent(backup -> {
                throw StorageException.notReady("cannot remove backup target " + name + ": backup " + backup.id()
                        + " is being uploaded to it; wait until it has ended, or delete the backup");
            });
            List<String> users = users(target.get(), backups);
            if (!users.isEmpty() && !force) {
                throw StorageException.inUse("cannot remove backup target " + name + ": " + String.join(", ", users)
                        + " refer to it; remove it by force if that does not matter");
            }
            backups.forEach(backup -> store.delete(Backup.class, backup.key()));
            // The keys first: they must not stay behind when the record is gone.
            credentials.delete(name);
            faults.reach("target-remove.credentials-removed");
            store.delete(BackupTarget.class, name);
        }
    }

    /**
     * Tries a target.
     *
     * @throws StorageException NOT_FOUND without it; UNAVAILABLE without a mover
     */
    public TargetTest test(String name) {
        ResolvedTarget target =
                resolved(find(name).orElseThrow(() -> StorageException.notFound("backup target", name)));
        return anyMover.ask(node -> movers.test(node, target.access()));
    }

    /** How many backups of a target have records here. */
    public int backups(BackupTarget target) {
        return backupsIn(target).size();
    }

    /**
     * A target by name or URL.
     *
     * @param secrets for a URL that is none of a known target's
     * @throws StorageException IN_USE with the remedy if there is no target of that name
     */
    public ResolvedTarget resolve(String nameOrUrl, Map<String, String> secrets) {
        if (!BackupUrl.isUrl(nameOrUrl)) {
            return resolved(find(nameOrUrl)
                    .orElseThrow(() -> StorageException.inUse("there is no backup target \"" + nameOrUrl
                            + "\"; add it by \"drover target add " + nameOrUrl
                            + " <url>\", or ask for a local snapshot (type: snap in the VolumeSnapshotClass)")));
        }
        String url = TargetUrls.require(nameOrUrl);
        if (!secrets.isEmpty()) {
            return new ResolvedTarget("", new TargetAccess(url, secrets));
        }
        return withUrl(url).orElseGet(() -> new ResolvedTarget("", new TargetAccess(url, Map.of())));
    }

    /** The target of a recorded backup; if it was removed since, its URL with what the call brings. */
    public ResolvedTarget of(Backup backup, Map<String, String> secrets) {
        return known(backup).orElseGet(() -> resolve(backup.targetUrl(), secrets));
    }

    /** The target of a recorded backup, if its credentials are here. */
    public Optional<ResolvedTarget> known(Backup backup) {
        return withUrl(backup.targetUrl());
    }

    /** All targets in the order in which backups are looked for: the default one first. */
    public List<ResolvedTarget> inOrder() {
        return list().stream()
                .sorted(Comparator.comparing(
                                (BackupTarget target) -> !target.name().equals(BackupTarget.DEFAULT))
                        .thenComparing(BackupTarget::name))
                .map(this::resolved)
                .toList();
    }

    private Optional<ResolvedTarget> withUrl(String url) {
        return list().stream()
                .filter(target -> BackupUrl.isSameTarget(target.url(), url))
                .findFirst()
                .map(this::resolved);
    }

    private ResolvedTarget resolved(BackupTarget target) {
        Map<String, String> keys = target.credentials().isEmpty()
                ? Map.of()
                : credentials
                        .find(target.credentials())
                        .orElseThrow(() -> StorageException.inUse("the credentials of backup target " + target.name()
                                + " (" + target.credentials()
                                + ") are not there; make the Secret of this name in the driver's namespace, or without"
                                + " Kubernetes add the target again with them"));
        return new ResolvedTarget(target.name(), new TargetAccess(target.url(), keys));
    }

    private List<Backup> backupsIn(BackupTarget target) {
        return store.list(Backup.class).stream()
                .map(Stored::value)
                .filter(backup -> BackupUrl.isSameTarget(backup.targetUrl(), target.url()))
                .toList();
    }

    private List<String> users(BackupTarget target, List<Backup> backups) {
        List<String> users = new ArrayList<>();
        backups.stream().map(backup -> "backup " + backup.id()).limit(3).forEach(users::add);
        if (backups.size() > 3) {
            users.add((backups.size() - 3) + " more backups");
        }
        store.list(Volume.class).stream()
                .map(Stored::value)
                .filter(volume -> isUsedBy(target, volume))
                .map(volume -> "volume " + volume.id())
                .limit(3)
                .forEach(users::add);
        return users;
    }

    private static boolean isUsedBy(BackupTarget target, Volume volume) {
        boolean hasBackupJobs =
                volume.parameters().recurringJobs().stream().anyMatch(job -> job.task() == JobTask.BACKUP);
        boolean isRestoredFrom = volume.state() == VolumeState.CREATING
                && volume.source() instanceof VolumeSource.FromBackup(String url, var _)
                && BackupUrl.isSameTarget(url, target.url());
        return isRestoredFrom
                || (hasBackupJobs && volume.parameters().backupTargetName().equals(target.name()));
    }
}
