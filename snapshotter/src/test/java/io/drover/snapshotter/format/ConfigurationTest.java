package io.drover.snapshotter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of configurations, against what Longhorn's library wrote and reads. */
class ConfigurationTest {
    private static final String VOLUME =
            "{\"Name\":\"pvc-sample-lz4\",\"Size\":\"20971520\",\"Labels\":{\"longhorn.io/volume-access-mode\":\"rwo\"},"
                    + "\"CreatedTime\":\"2026-11-23T01:56:59Z\",\"LastBackupName\":\"backup-lz4-4\",\"LastBackupAt\":\"2026-11-23T01:57:05Z\","
                    + "\"BlockCount\":\"11\",\"BackingImageName\":\"\\\"\\\"\",\"BackingImageChecksum\":\"\\\"\\\"\",\"CompressionMethod\":\"\\\"lz4\\\"\","
                    + "\"StorageClassName\":\"\\\"longhorn\\\"\",\"DataEngine\":\"\\\"v1\\\"\"}";
    private static final String IN_PROGRESS =
            "{\"Name\":\"backup-failed\",\"VolumeName\":\"pvc-x\",\"SnapshotName\":\"\",\"SnapshotCreatedAt\":\"\","
                    + "\"CreatedTime\":\"\",\"Size\":\"0\",\"Labels\":null,\"Parameters\":null,"
                    + "\"IsIncremental\":false,\"CompressionMethod\":\"lz4\",\"NewlyUploadedDataSize\":\"0\",\"ReUploadedDataSize\":\"0\","
                    + "\"ProcessingBlocks\":null,\"SingleFile\":{\"FilePath\":\"\"}}";
    private static final String ZEROS = "731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0";
    private static final String COMPLETE =
            "{\"Name\":\"backup-lz4-3\",\"VolumeName\":\"pvc-sample-lz4\",\"SnapshotName\":\"snap-3\","
                    + "\"SnapshotCreatedAt\":\"2026-11-23T01:57:03Z\",\"CreatedTime\":\"2026-11-23T01:57:05Z\",\"Size\":\"4194304\","
                    + "\"Labels\":{\"longhorn.io/volume-access-mode\":\"rwo\"},"
                    + "\"Parameters\":{\"backup-block-size\":\"2097152\",\"backup-mode\":\"incremental\"},\"IsIncremental\":true,"
                    + "\"CompressionMethod\":\"lz4\",\"NewlyUploadedDataSize\":\"16557\",\"ReUploadedDataSize\":\"0\",\"ProcessingBlocks\":null,"
                    + "\"Blocks\":[{\"Offset\":0,\"BlockChecksum\":\"" + ZEROS
                    + "\"},{\"Offset\":2097152,\"BlockChecksum\":\"" + ZEROS
                    + "\"}],\"SingleFile\":{\"FilePath\":\"\"}}";

    @Test
    void volumesAreWrittenByteForByte() {
        VolumeConfiguration volume = VolumeConfiguration.first(
                        "pvc-sample-lz4",
                        20971520,
                        Map.of("longhorn.io/volume-access-mode", "rwo"),
                        Instant.parse("2026-11-23T01:56:59.987Z"),
                        Compression.LZ4,
                        "longhorn")
                .withLastBackup("backup-lz4-4", Optional.of(Instant.parse("2026-11-23T01:57:05Z")))
                .withBlockCount(11);
        assertThat(text(volume.bytes())).isEqualTo(VOLUME);
        assertThat(text(VolumeConfiguration.parse("v", bytes(VOLUME)).bytes())).isEqualTo(VOLUME);
    }

    @Test
    void backupsAreWrittenByteForByte() {
        BlockMap blocks = twoBlocks();
        BackupConfiguration complete = BackupConfiguration.complete(
                "pvc-sample-lz4",
                "backup-lz4-3",
                "snap-3",
                Instant.parse("2026-11-23T01:57:03.5Z"),
                Instant.parse("2026-11-23T01:57:05Z"),
                Map.of("longhorn.io/volume-access-mode", "rwo"),
                false,
                true,
                BlockSize.MIB_2,
                Compression.LZ4,
                16557,
                0,
                blocks);
        assertThat(text(complete.bytes())).isEqualTo(COMPLETE);
        assertThat(text(BackupConfiguration.parse("pvc-sample-lz4", "backup-lz4-3", bytes(COMPLETE))
                        .bytes()))
                .isEqualTo(COMPLETE);
        assertThat(text(BackupConfiguration.begun("pvc-x", "backup-failed", Compression.LZ4)
                        .bytes()))
                .isEqualTo(IN_PROGRESS);
        assertThat(BackupConfiguration.parse("pvc-x", "backup-failed", bytes(IN_PROGRESS))
                        .isComplete())
                .isFalse();
    }

    @Test
    void textsAreEscapedAsGoDoes() {
        String labels =
                "{\"Name\":\"v1\",\"Size\":\"0\",\"Labels\":{\"a\\u003cb\":\"x \\u003e \\u0026 \\\"\\\\ \\b\\f\\n\\r\\t\\u0001\\u001f \\u2028\\u2029 \\ufffd ü €\uD83D\uDE00\u007f\"}";
        VolumeConfiguration volume = VolumeConfiguration.parse("v1", bytes(labels + "}"));
        assertThat(text(volume.bytes())).startsWith(labels.replace("\\ufffd", "\ufffd"));
        assertThat(text(new GoJson(16).text("k", "\ud83d!").end())).isEqualTo("{\"k\":\"\\ufffd!\"}");
    }

    @Test
    void aVolumeOf2018IsRead() {
        VolumeConfiguration volume = VolumeConfiguration.parse(
                "vol",
                bytes(
                        "{\"Name\":\"vol\",\"Size\":\"4194304\",\"CreatedTime\":\"2018-08-01T10:00:00Z\",\"LastBackupName\":\"backup-1\",\"BlockCount\":\"2\"}"));
        assertThat(volume.compression()).isEqualTo(Compression.GZIP);
        assertThat(volume.labels()).isEmpty();
        assertThat(volume.lastBackupAt()).isEmpty();
        assertThat(volume.lastBackup()).isEqualTo("backup-1");
    }

    @Test
    void aBackupOf2018IsRead() {
        BackupConfiguration backup = BackupConfiguration.parse(
                "vol",
                "backup-1",
                bytes(
                        "{\"Name\":\"backup-1\",\"VolumeName\":\"vol\",\"SnapshotName\":\"s\",\"SnapshotCreatedAt\":\"2018-08-01T10:00:00Z\","
                                + "\"CreatedTime\":\"2018-08-01T10:00:09Z\",\"Size\":\"2097152\",\"Labels\":null,\"Blocks\":[{\"Offset\":0,\"BlockChecksum\":\""
                                + ZEROS + "\"}],\"SingleFile\":{\"FilePath\":\"\"}}"));
        assertThat(backup.compression()).isEqualTo(Compression.GZIP);
        assertThat(backup.blockSize()).isEqualTo(BlockSize.MIB_2);
        assertThat(backup.incremental()).isFalse();
        assertThat(backup.blocks().at(0)).contains(Checksum.parse(ZEROS));
    }

    @Test
    void readingIsLenient() {
        VolumeConfiguration volume = VolumeConfiguration.parse(
                "v1",
                bytes(
                        " {\"size\":4194304,\"NAME\":\"v1\",\"CompressionMethod\":\"none\",\"StorageClassName\":null,\"DataEngine\":\"null\",\"Labels\":null,"
                                + "\"LastBackupAt\":\"2026-11-23T03:57:05.25+02:00\"} and more"));
        assertThat(volume.size()).isEqualTo(4194304);
        assertThat(volume.name()).isEqualTo("v1");
        assertThat(volume.compression()).isEqualTo(Compression.NONE);
        assertThat(volume.storageClass()).isEmpty();
        assertThat(volume.lastBackupAt()).contains(Instant.parse("2026-11-23T01:57:05.25Z"));
    }

    @Test
    void unknownKeysOfAVolumeAreKept() {
        String unknown = ",\"Later\":{\"a\":[1,2.50,true,null,\"x\\u003c\"]},\"BackendStoreDriver\":\"\\\"v1\\\"\"";
        String json = VOLUME.substring(0, VOLUME.length() - 1) + unknown + "}";
        VolumeConfiguration volume = VolumeConfiguration.parse("pvc-sample-lz4", bytes(json));
        assertThat(text(volume.bytes())).isEqualTo(json);
        assertThat(text(volume.withBlockCount(12).bytes()))
                .endsWith(unknown + "}")
                .contains("\"BlockCount\":\"12\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{\"Name\":",
                "{\"Name\":5}",
                "{\"Size\":\"\"}",
                "{\"Size\":\" 5\"}",
                "{\"Size\":\"5.0\"}",
                "{\"Size\":\"-5\"}",
                "{\"Size\":99999999999999999999}",
                "{\"Labels\":[]}",
                "{\"Labels\":{\"a\":1}}",
                "{\"CreatedTime\":\"yesterday\"}",
                "{\"CompressionMethod\":\"\\\"lz4\"}",
                "{\"Name\":\"a\" \"Size\":\"1\"}"
            })
    void damagedVolumesAreRefusedByName(String json) {
        assertThatThrownBy(() -> VolumeConfiguration.parse("pvc-7", bytes(json)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("pvc-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Blocks\":[{\"Offset\":0,\"BlockChecksum\":\"abc\"}]}",
                "{\"Blocks\":[{\"Offset\":0}]}",
                "{\"Blocks\":[5]}",
                "{\"Blocks\":[{\"Offset\":0,\"BlockChecksum\":\"731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0\"}",
                "{\"Blocks\":[{\"Offset\":0,\"BlockChecksum\":\"731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0\"},"
                        + "{\"Offset\":0,\"BlockChecksum\":\"831859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0\"}]}",
                "{\"IsIncremental\":\"true\"}",
                "{\"CreatedTime\":5}"
            })
    void damagedBackupsAreRefusedByName(String json) {
        assertThatThrownBy(() -> BackupConfiguration.parse("pvc-7", "backup-8", bytes(json)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("pvc-7")
                .hasMessageContaining("backup-8");
    }

    private static BlockMap twoBlocks() {
        BlockMap.Builder blocks = BlockMap.builder();
        blocks.add(2097152, Checksum.parse(ZEROS));
        blocks.add(0, Checksum.parse(ZEROS));
        return blocks.build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
