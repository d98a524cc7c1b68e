package io.drover.core.parameters;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keys of Longhorn's StorageClasses (its version 1.9, "StorageClass Parameters" in its documentation and {@code csi/util.go} of
 * longhorn-manager) that mean nothing here. Classes with them are accepted where ignoring the key changes neither what the volume
 * contains nor how safe it is, and refused otherwise.
 */
final class ForeignKeys {
    /**
     * One such key.
     *
     * @param harmless values, in lower case, under which ignoring it is right; empty = every value
     * @param reason for the documentation and the message: why it is ignored, or what to do instead
     */
    record ForeignKey(String key, Set<String> harmless, String reason) {
        boolean isAlwaysHarmless() {
            return harmless.isEmpty();
        }

        boolean isHarmless(String value) {
            return isAlwaysHarmless() || harmless.contains(value.strip().toLowerCase(Locale.ROOT));
        }
    }

    private static final Set<String> FALSE = Set.of("", "false", "0", "f");
    private static final Set<String> NONE = Set.of("");

    static final List<ForeignKey> ALL = List.of(
            ignored("backendStoreDriver", "there is one data engine"),
            ignored("backupBlockSize", "the setting `backup-block-size` says it for all volumes"),
            ignored("backupCompressionMethod", "the setting `backup-compression` says it for all volumes"),
            ignored("dataEngine", "there is one data engine"),
            ignored("disableRevisionCounter", "replicas need no revision counter"),
            ignored("freezeFilesystemForSnapshot", "a mounted file system is always frozen for its snapshot"),
            ignored("migratable", "concerns ReadWriteMany volumes, which are refused by their access mode"),
            ignored("nfsOptions", "concerns ReadWriteMany volumes, which are refused by their access mode"),
            ignored("offlineRebuilding", "replicas are rebuilt whether or not the volume is attached"),
            ignored("rebuildConcurrentSyncLimit", "the speed of rebuilding is not set by class"),
            ignored("replicaAutoBalance", "replicas stay where they are until one is lost"),
            ignored("replicaDiskSoftAntiAffinity", "replicas are always on different hosts"),
            ignored("replicaRebuildingBandwidthLimit", "the speed of rebuilding is not set by class"),
            ignored("replicaSoftAntiAffinity", "replicas are always on different hosts"),
            ignored("replicaZoneSoftAntiAffinity", "zones are not considered"),
            ignored("snapshotDataIntegrity", "snapshots are not hashed on the disk; their backups are"),
            ignored("snapshotMaxCount", "the number of snapshots is limited by space only"),
            ignored("snapshotMaxSize", "the size of snapshots is limited by space only"),
            ignored("unmapMarkSnapChainRemoved", "snapshots form no chain; trimming gives space back at once"),
            refused("backingImage", NONE, "make the volume from a snapshot or a volume instead"),
            refused("backingImageChecksum", NONE, "make the volume from a snapshot or a volume instead"),
            refused("backingImageDataSourceParameters", NONE, "make the volume from a snapshot or a volume instead"),
            refused("backingImageDataSourceType", NONE, "make the volume from a snapshot or a volume instead"),
            refused("backingImageDiskSelector", NONE, "make the volume from a snapshot or a volume instead"),
            refused("backingImageMinNumberOfCopies", NONE, "make the volume from a snapshot or a volume instead"),
            refused("backingImageNodeSelector", NONE, "make the volume from a snapshot or a volume instead"),
            refused("baseImage", NONE, "make the volume from a snapshot or a volume instead"),
            refused("dataSource", NONE, "name the source in the dataSource of the PersistentVolumeClaim"),
            refused("encrypted", FALSE, "leave it out, or encrypt the disks of the hosts"),
            refused("exclusive", FALSE, "ask for the access mode ReadWriteOncePod in the PersistentVolumeClaim"),
            refused("exportFromVolume", NONE, "name the volume in the dataSource of the PersistentVolumeClaim"),
            refused("frontend", Set.of("", "blockdev"), "leave it out; volumes are local block devices"),
            refused("share", FALSE, "leave it out; a volume is attached to one host at a time"));

    private ForeignKeys() {}

    private static ForeignKey ignored(String key, String reason) {
        return new ForeignKey(key, Set.of(), reason);
    }

    private static ForeignKey refused(String key, Set<String> harmless, String remedy) {
        return new ForeignKey(key, harmless, remedy);
    }
}
