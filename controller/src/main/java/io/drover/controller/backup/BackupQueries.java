package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.StoredBackup;
import io.drover.controller.mover.StoredVolume;
import io.drover.controller.mover.Transfer;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.VolumeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers which backups there are. Changes nothing. */
public final class BackupQueries {
    private final BackupRecords records;
    private final BackupTargets targets;
    private final StoredBackups stored;
    private final Movers movers;
    private final AnyMover anyMover;
    private final TransferQueries transfers;

    BackupQueries(
            BackupRecords records,
            BackupTargets targets,
            StoredBackups stored,
            Movers movers,
            TransferQueries transfers) {
        this.records = records;
        this.targets = targets;
        this.stored = stored;
        this.movers = movers;
        this.anyMover = new AnyMover(movers);
        this.transfers = transfers;
    }

    /** Those on record, in the order of their keys. */
    public List<Backup> recorded() {
        return records.all();
    }

    /**
     * One, from its record or else from its store.
     *
     * @param target name or URL of where to look; empty = the one on record, or all in turn
     * @return empty if there surely is none
     */
    public Optional<BackupView> find(BackupId id, String target, Map<String, String> secrets) {
        Optional<Backup> record = records.find(id);
        if (record.isPresent() && (target.isEmpty() || isIn(record.get(), target))) {
            return record.map(backup -> view(backup, uploads()));
        }
        return stored.find(id, target, secrets)
                .map(found -> new BackupView(
                        Optional.empty(),
                        Optional.of(found.backup()),
                        found.target().name(),
                        found.target().url(),
                        Optional.empty()));
    }

    /** The names of the local snapshots of a volume that are being uploaded, or that the next backups build on. */
    public Set<String> neededSnapshots(VolumeId volume) {
        return BaseSnapshots.needed(records.of(volume));
    }

    /** One on record. */
    public Optional<Backup> recorded(BackupId id) {
        return records.find(id);
    }

    /**
     * Those on record.
     *
     * @param target a target's name
     */
    public List<BackupView> list(Optional<VolumeId> volume, Optional<String> target) {
        Map<BackupId, Transfer> uploads = uploads();
        return records.all().stream()
                .filter(backup -> volume.isEmpty() || backup.id().volume().equals(volume.get()))
                .filter(backup -> target.isEmpty() || isIn(backup, target.get()))
                .map(backup -> view(backup, uploads))
                .toList();
    }

    /**
     * Those on record, with what their stores say, and those that only a store has.
     *
     * @throws StorageException if a store does not answer: a list without its backups would read as if it had none
     */
    public List<BackupView> listStored(Optional<VolumeId> volume, Optional<String> target) {
        List<BackupView> recorded = list(volume, target);
        List<BackupView> all = new ArrayList<>();
        Map<String, StoredBackup> there = new HashMap<>();
        List<BackupView> others = new ArrayList<>();
        List<ResolvedTarget> wanted =
                target.map(name -> List.of(targets.resolve(name, Map.of()))).orElseGet(targets::inOrder);
        for (ResolvedTarget each : wanted) {
            for (StoredBackup backup : inStore(each, volume, wanted.size() > 1)) {
                String key = backup.volume() + "@" + backup.name();
                if (recorded.stream().anyMatch(view -> isSame(view, each, key))) {
                    there.put(key, backup);
                } else {
                    others.add(new BackupView(
                            Optional.empty(), Optional.of(backup), each.name(), each.url(), Optional.empty()));
                }
            }
        }
        recorded.forEach(view -> all.add(new BackupView(
                view.backup(),
                view.backup().flatMap(backup -> Optional.ofNullable(there.get(backup.key()))),
                view.target(),
                view.targetUrl(),
                view.transfer())));
        all.addAll(others);
        return all;
    }

    private List<StoredBackup> inStore(ResolvedTarget target, Optional<VolumeId> volume, boolean among) {
        try {
            return inStore(target, volume);
        } catch (StorageException e) {
            throw among
                    ? new StorageException(
                            e.code(),
                            "cannot list what is stored in backup target " + target.name() + ": " + e.getMessage()
                                    + "; to leave it out, name the target to look into",
                            e)
                    : e;
        }
    }

    private List<StoredBackup> inStore(ResolvedTarget target, Optional<VolumeId> volume) {
        List<String> volumes = volume.map(one -> List.of(one.value()))
                .orElseGet(() -> anyMover.ask(node -> movers.volumes(node, target.access())).stream()
                        .map(StoredVolume::name)
                        .toList());
        return volumes.stream().flatMap(name -> inStore(target, name).stream()).toList();
    }

    /** One damaged volume must not hide the others: it is shown as a backup without a name, with what is wrong. */
    private List<StoredBackup> inStore(ResolvedTarget target, String volume) {
        try {
            return anyMover.ask(node -> movers.backups(node, target.access(), volume));
        } catch (StorageException e) {
            return switch (e.code()) {
                case NOT_FOUND -> List.of();
                case CORRUPT, UNSUPPORTED ->
                    List.of(StoredBackup.unreadable(volume, "", String.valueOf(e.getMessage())));
                default -> throw e;
            };
        }
    }

    private static boolean isSame(BackupView view, ResolvedTarget target, String key) {
        return view.backup().filter(backup -> backup.key().equals(key)).isPresent()
                && BackupUrl.isSameTarget(view.targetUrl(), target.url());
    }

    private static boolean isIn(Backup backup, String target) {
        return BackupUrl.isUrl(target)
                ? BackupUrl.isSameTarget(backup.targetUrl(), target)
                : backup.target().equals(target);
    }

    private static BackupView view(Backup backup, Map<BackupId, Transfer> uploads) {
        return new BackupView(
                Optional.of(backup),
                Optional.empty(),
                backup.target(),
                backup.targetUrl(),
                Optional.ofNullable(uploads.get(backup.id())));
    }

    /** Uploads under way; a mover that does not answer tells of none, which only leaves the progress out. */
    private Map<BackupId, Transfer> uploads() {
        Map<BackupId, Transfer> uploads = new HashMap<>();
        for (Transfer transfer : transfers.known()) {
            if (transfer.kind() == Transfer.Kind.BACKUP && !transfer.state().isEnded()) {
                uploads.put(new BackupId(new VolumeId(transfer.volume()), transfer.backup()), transfer);
            }
        }
        return uploads;
    }
}
