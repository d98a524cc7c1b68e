package io.drover.snapshotter.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.core.error.StorageException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code volume.cfg}: a volume of a store. It is there before the first block, so that a volume without a complete backup is normal.
 *
 * @param name of the volume
 * @param size in bytes as of the last complete backup; what a restore of any of its backups makes
 * @param labels of the last backup
 * @param created when its first backup began
 * @param lastBackup the base of the next incremental backup; empty = the next one is full
 * @param lastBackupAt the time of that backup's snapshot
 * @param blockCount distinct blocks in use
 * @param backingImageName the image that lies under the volume; empty = none
 * @param backingImageChecksum SHA-512 of it
 * @param compressionMethod as it stands in the file; see {@link #compression}
 * @param storageClass its class, for people
 * @param dataEngine {@code v1}, {@code v2} or empty
 * @param unknown keys that Drover does not know, which are kept
 */
public record VolumeConfiguration(
        String name,
        long size,
        Map<String, String> labels,
        Optional<Instant> created,
        String lastBackup,
        Optional<Instant> lastBackupAt,
        long blockCount,
        String backingImageName,
        String backingImageChecksum,
        String compressionMethod,
        String storageClass,
        String dataEngine,
        Map<String, JsonNode> unknown) {
    public VolumeConfiguration {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        unknown = Collections.unmodifiableMap(new LinkedHashMap<>(unknown));
    }

    /** A volume before its first backup. */
    public static VolumeConfiguration first(
            String name,
            long size,
            Map<String, String> labels,
            Instant now,
            Compression compression,
            String storageClass) {
        return new VolumeConfiguration(
                name,
                size,
                labels,
                Optional.of(now),
                "",
                Optional.empty(),
                0,
                "",
                "",
                compression.text(),
                storageClass,
                "v1",
                Map.of());
    }

    /**
     * Reads the file.
     *
     * @param volume for messages
     * @throws StorageException CORRUPT if it cannot be understood
     */
    public static VolumeConfiguration parse(String volume, byte[] json) {
        ConfigurationReader reader = ConfigurationReader.of("the configuration of volume " + volume, json);
        return new VolumeConfiguration(
                reader.text("Name"),
                reader.number("Size"),
                reader.texts("Labels"),
                reader.time("CreatedTime"),
                reader.text("LastBackupName"),
                reader.time("LastBackupAt"),
                reader.number("BlockCount"),
                reader.textInText("BackingImageName"),
                reader.textInText("BackingImageChecksum"),
                reader.textInText("CompressionMethod"),
                reader.textInText("StorageClassName"),
                reader.textInText("DataEngine"),
                reader.rest());
    }

    /** The file's bytes, as Longhorn needs them. */
    public byte[] bytes() {
        GoJson json = new GoJson(1024)
                .text("Name", name)
                .numberInText("Size", size)
                .texts("Labels", labels)
                .time("CreatedTime", created)
                .text("LastBackupName", lastBackup)
                .time("LastBackupAt", lastBackupAt)
                .numberInText("BlockCount", blockCount)
                .textInText("BackingImageName", backingImageName)
                .textInText("BackingImageChecksum", backingImageChecksum)
                .textInText("CompressionMethod", compressionMethod)
                .textInText("StorageClassName", storageClass)
                .textInText("DataEngine", dataEngine);
        unknown.forEach(json::node);
        return json.end();
    }

    /**
     * How the volume's new blocks are compressed.
     *
     * @throws StorageException UNSUPPORTED if the method is not known
     */
    public Compression compression() {
        return Compression.parse(compressionMethod);
    }

    /** With another base for the next backup. */
    public VolumeConfiguration withLastBackup(String backup, Optional<Instant> at) {
        return copy(size, labels, backup, at, blockCount, storageClass);
    }

    /** Without a base: the next backup is full. */
    public VolumeConfiguration withoutLastBackup() {
        return withLastBackup("", Optional.empty());
    }

    /** Not smaller than this. */
    public VolumeConfiguration grownTo(long sizeNow) {
        return copy(Math.max(size, sizeNow), labels, lastBackup, lastBackupAt, blockCount, storageClass);
    }

    public VolumeConfiguration withBlockCount(long count) {
        return copy(size, labels, lastBackup, lastBackupAt, count, storageClass);
    }

    /** After a backup: grown to the volume's size now (it never shrinks), with the backup's labels. */
    public VolumeConfiguration after(BackupConfiguration backup, long sizeNow, long newBlocks, String storageClassNow) {
        return copy(
                Math.max(size, sizeNow),
                backup.labels(),
                backup.name(),
                backup.snapshotCreated(),
                blockCount + newBlocks,
                storageClassNow.isEmpty() ? storageClass : storageClassNow);
    }

    private VolumeConfiguration copy(
            long newSize,
            Map<String, String> newLabels,
            String newLastBackup,
            Optional<Instant> newLastBackupAt,
            long newBlockCount,
            String newStorageClass) {
        return new VolumeConfiguration(
                name,
                newSize,
                newLabels,
                created,
                newLastBackup,
                newLastBackupAt,
                newBlockCount,
                backingImageName,
                backingImageChecksum,
                compressionMethod,
                newStorageClass,
                dataEngine.isEmpty() ? "v1" : dataEngine,
                unknown);
    }
}
