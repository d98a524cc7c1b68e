package io.drover.controller.volume;

import io.drover.core.error.StorageException;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Whether a volume that exists is what a repeated request asks for. */
public final class VolumeComparison {
    private VolumeComparison() {}

    /**
     * Does nothing if it is.
     *
     * @throws StorageException EXISTS_DIFFERENT naming each field that differs, NOT_READY if the volume of this name is on its way out
     */
    static void requireEqual(Volume volume, VolumeSpecification wanted) {
        switch (volume.state()) {
            case CREATING, READY -> {}
            case DELETING ->
                throw StorageException.notReady("cannot create volume " + volume.id()
                        + ": an earlier one of this name is still being deleted; repeat its deletion, then call again");
            case RETAINED ->
                throw StorageException.existsDifferent("cannot create volume " + volume.id()
                        + ": an earlier one of this name was deleted and its snapshots are still kept; delete these first"
                        + " or choose another name");
        }
        List<String> differences = differences(volume, wanted);
        if (!differences.isEmpty()) {
            throw StorageException.existsDifferent("cannot create volume " + volume.id()
                    + ": it exists and differs from the request in " + String.join(", ", differences)
                    + "; choose another name or ask for the same");
        }
    }

    private static List<String> differences(Volume volume, VolumeSpecification wanted) {
        List<String> differences = new ArrayList<>();
        if (!wanted.size().contains(volume.size())) {
            differences.add("size (it has " + volume.size().bytes() + " bytes)");
        }
        if (!isSame(volume.source(), wanted.source())) {
            differences.add("content source");
        }
        if (volume.blockAllowed() != wanted.blockAllowed() || volume.mountAllowed() != wanted.mountAllowed()) {
            differences.add("access type (block or mount)");
        }
        if (!volume.accessModes().equals(wanted.accessModes())) {
            differences.add("access modes (it has " + volume.accessModes() + ")");
        }
        if (!wanted.requisiteNodes().isEmpty()
                && volume.placements().stream()
                        .map(ReplicaPlacement::node)
                        .noneMatch(wanted.requisiteNodes()::contains)) {
            differences.add("topology (it lies on "
                    + volume.placements().stream().map(ReplicaPlacement::node).toList() + ")");
        }
        VolumeParameters asked = wanted.parameters();
        differences.addAll(differentParameters(
                volume.parameters(),
                wanted.fsTypeChosen()
                        ? asked
                        : asked.withFsType(volume.parameters().fsType())));
        return differences;
    }

    /** A backup by its handle alone is the one that was found by it. */
    private static boolean isSame(VolumeSource now, VolumeSource wanted) {
        return now instanceof VolumeSource.FromBackup(String url, var backup)
                        && wanted instanceof VolumeSource.FromBackup(String asked, var same)
                ? backup.equals(same)
                        && (asked.isEmpty() || !BackupUrl.isUrl(asked) || BackupUrl.isSameTarget(url, asked))
                : now.equals(wanted);
    }

    /** The names of the parameters that differ. */
    public static List<String> differentParameters(VolumeParameters now, VolumeParameters wanted) {
        List<String> names = new ArrayList<>();
        compare(names, "numberOfReplicas", now.numberOfReplicas(), wanted.numberOfReplicas());
        compare(names, "staleReplicaTimeout", now.staleReplicaTimeout(), wanted.staleReplicaTimeout());
        compare(names, "fromBackup", now.fromBackup(), wanted.fromBackup());
        compare(names, "recurringJobs", now.recurringJobs(), wanted.recurringJobs());
        compare(names, "recurringJobSelector", now.recurringJobSelector(), wanted.recurringJobSelector());
        compare(names, "dataLocality", now.dataLocality(), wanted.dataLocality());
        compare(names, "fsType", now.fsType(), wanted.fsType());
        compare(names, "mkfsParams", now.mkfsParams(), wanted.mkfsParams());
        compare(names, "diskSelector", now.diskSelector(), wanted.diskSelector());
        compare(names, "nodeSelector", now.nodeSelector(), wanted.nodeSelector());
        compare(names, "backupTargetName", now.backupTargetName(), wanted.backupTargetName());
        if (names.isEmpty() && !now.equals(wanted)) {
            names.add("parameters");
        }
        return names;
    }

    private static void compare(List<String> names, String name, Object now, Object wanted) {
        if (!Objects.equals(now, wanted)) {
            names.add("parameter " + name);
        }
    }
}
