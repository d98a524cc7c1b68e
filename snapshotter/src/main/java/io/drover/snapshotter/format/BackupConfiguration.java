package io.drover.snapshotter.format;

import io.drover.core.error.StorageException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code backup_<name>.cfg}: a backup, with the complete map of its volume.
 *
 * @param name of the backup
 * @param volume that it is of; very old ones may leave it out
 * @param snapshot that it was made from
 * @param snapshotCreated when that was taken, to the second; Longhorn writes the time of its request
 * @param completed when all was stored; empty = in progress, or interrupted
 * @param size of its blocks in bytes, before compression
 * @param labels of the user and of the system
 * @param parameters {@code backup-mode} and {@code backup-block-size}
 * @param incremental whether it was made from a base; the map is complete either way
 * @param compressionMethod as it stands in the file; see {@link #compression}
 * @param newlyUploaded compressed bytes of blocks that the store did not have
 * @param reUploaded compressed bytes of blocks that it had and got again
 * @param blocks the map
 * @param singleFile path of the one file of a backup of another kind, which Drover cannot restore; empty = it is none
 */
public record BackupConfiguration(
        String name,
        String volume,
        String snapshot,
        Optional<Instant> snapshotCreated,
        Optional<Instant> completed,
        long size,
        Map<String, String> labels,
        Map<String, String> parameters,
        boolean incremental,
        String compressionMethod,
        long newlyUploaded,
        long reUploaded,
        BlockMap blocks,
        String singleFile) {
    private static final String BLOCK_SIZE = "backup-block-size";
    private static final String MODE = "backup-mode";
    private static final int BYTES_PER_BLOCK = 112;

    public BackupConfiguration {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** What is written before the first block is: that this backup is in progress. */
    public static BackupConfiguration begun(String volume, String name, Compression compression) {
        return new BackupConfiguration(
                name,
                volume,
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of(),
                Map.of(),
                false,
                compression.text(),
                0,
                0,
                BlockMap.EMPTY,
                "");
    }

    /** A backup that is complete now. The size and the parameters follow from the rest. */
    public static BackupConfiguration complete(
            String volume,
            String name,
            String snapshot,
            Instant snapshotCreated,
            Instant now,
            Map<String, String> labels,
            boolean full,
            boolean incremental,
            BlockSize blockSize,
            Compression compression,
            long newlyUploaded,
            long reUploaded,
            BlockMap blocks) {
        return new BackupConfiguration(
                name,
                volume,
                snapshot,
                Optional.of(snapshotCreated),
                Optional.of(now),
                Math.multiplyExact((long) blocks.size(), blockSize.bytes()),
                labels,
                Map.of(BLOCK_SIZE, Integer.toString(blockSize.bytes()), MODE, full ? "full" : "incremental"),
                incremental,
                compression.text(),
                newlyUploaded,
                reUploaded,
                blocks,
                "");
    }

    /**
     * Reads the file.
     *
     * @param volume for messages, and for files that do not name it
     * @throws StorageException CORRUPT if it cannot be understood
     */
    public static BackupConfiguration parse(String volume, String backup, byte[] json) {
        ConfigurationReader reader =
                ConfigurationReader.of("the configuration of backup " + backup + " of volume " + volume, json);
        String named = reader.text("VolumeName");
        return new BackupConfiguration(
                reader.text("Name"),
                named.isEmpty() ? volume : named,
                reader.text("SnapshotName"),
                reader.time("SnapshotCreatedAt"),
                reader.time("CreatedTime"),
                reader.number("Size"),
                reader.texts("Labels"),
                reader.texts("Parameters"),
                reader.truth("IsIncremental"),
                reader.text("CompressionMethod"),
                reader.number("NewlyUploadedDataSize"),
                reader.number("ReUploadedDataSize"),
                reader.blocks(),
                reader.textWithin("SingleFile", "FilePath"));
    }

    /** The file's bytes, as Longhorn needs them. */
    public byte[] bytes() {
        return new GoJson(1024 + blocks.size() * BYTES_PER_BLOCK)
                .text("Name", name)
                .text("VolumeName", volume)
                .text("SnapshotName", snapshot)
                .time("SnapshotCreatedAt", snapshotCreated)
                .time("CreatedTime", completed)
                .numberInText("Size", size)
                .texts("Labels", labels)
                .texts("Parameters", parameters)
                .truth("IsIncremental", incremental)
                .text("CompressionMethod", compressionMethod)
                .numberInText("NewlyUploadedDataSize", newlyUploaded)
                .numberInText("ReUploadedDataSize", reUploaded)
                .literal("ProcessingBlocks", "null")
                .blocks("Blocks", blocks)
                .literal("SingleFile", "{\"FilePath\":\"\"}")
                .end();
    }

    public boolean isComplete() {
        return completed.isPresent();
    }

    /**
     * The length of its blocks.
     *
     * @throws StorageException CORRUPT if the file names one that cannot be
     */
    public BlockSize blockSize() {
        return BlockSize.parse(parameters.getOrDefault(BLOCK_SIZE, ""));
    }

    /**
     * How its blocks are compressed, most of them.
     *
     * @throws StorageException UNSUPPORTED if the method is not known
     */
    public Compression compression() {
        return Compression.parse(compressionMethod);
    }

    public BackupConfiguration withLabels(Map<String, String> others) {
        return copy(others, blocks);
    }

    /** Without the map, which may be large, for lists. */
    public BackupConfiguration withoutBlocks() {
        return copy(labels, BlockMap.EMPTY);
    }

    private BackupConfiguration copy(Map<String, String> newLabels, BlockMap newBlocks) {
        return new BackupConfiguration(
                name,
                volume,
                snapshot,
                snapshotCreated,
                completed,
                size,
                newLabels,
                parameters,
                incremental,
                compressionMethod,
                newlyUploaded,
                reUploaded,
                newBlocks,
                singleFile);
    }
}
