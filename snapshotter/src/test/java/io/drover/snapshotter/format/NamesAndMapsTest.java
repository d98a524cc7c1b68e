package io.drover.snapshotter.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.StorageException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesAndMapsTest {
    @Test
    void checksumsAreTheFirstHalfOfSha512() {
        BlockHasher hasher = new BlockHasher();
        assertThat(hasher.hash(new byte[2 << 20], 2 << 20))
                .hasToString("731859029215873fdac1c9f2f8bd25a334abf0f3a9e1b057cf2cacc2826d86b0");
        assertThat(hasher.hash(new byte[17 << 20], 16 << 20))
                .hasToString("7e208b53e5c541b23906ef8ed8f5e12e4f1b470fbd0d3e907b1fc0c0b8d78eb1");
    }

    @ParameterizedTest
    @CsvSource({"pvc-sample-lz4,c3/a5", "pvc-1,7e/ed", "BACKINGIMAGE,22/fc"})
    void volumesLieWhereLonghornLooks(String volume, String spread) {
        assertThat(StorePaths.volume(volume)).isEqualTo("backupstore/volumes/" + spread + "/" + volume);
    }

    @Test
    void namesAreFoundInFileNames() {
        assertThat(StorePaths.backupName("backup_backup-1.cfg")).contains("backup-1");
        for (String foreign : Set.of(
                "backup_x.cfg.tmp.1700",
                "backup_.cfg",
                "backup_a.cfg",
                "backup_-ab.cfg",
                "volume.cfg",
                "backup_a/b.cfg")) {
            assertThat(StorePaths.backupName(foreign)).as(foreign).isEmpty();
        }
        String folder = StorePaths.blocks("pvc-1");
        Checksum checksum = Checksum.ofText("x");
        String path = StorePaths.block("pvc-1", checksum);
        assertThat(StorePaths.blockChecksum(folder, path)).contains(checksum);
        assertThat(StorePaths.blockChecksum(folder, path.replace(".blk", ".BLK")))
                .isEmpty();
        assertThat(StorePaths.blockChecksum(folder, folder + "/00/00/" + checksum + ".blk"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-ab", ".ab", "a/b", "../x", "a b", "ü1"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> StoreNames.require("backup", name)).isInstanceOf(StorageException.class);
    }

    @Test
    void mapsMergeAsTreeMapsDo() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            Map<Long, Checksum> expected = new TreeMap<>();
            BlockMap base = random(random, expected);
            BlockMap news = random(random, expected);
            BlockMap merged = base.mergedWith(news);
            assertThat(merged.size()).isEqualTo(expected.size());
            int i = 0;
            for (Map.Entry<Long, Checksum> entry : expected.entrySet()) {
                assertThat(merged.offset(i)).isEqualTo(entry.getKey());
                assertThat(merged.checksum(i)).isEqualTo(entry.getValue());
                assertThat(merged.at(entry.getKey())).contains(entry.getValue());
                i++;
            }
            assertThat(merged.at(7)).isEmpty();
        }
    }

    private static BlockMap random(SplittableRandom random, Map<Long, Checksum> expected) {
        BlockMap.Builder builder = BlockMap.builder();
        Set<Long> used = new HashSet<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            long offset = random.nextInt(50) * 4096L;
            if (used.add(offset)) {
                Checksum checksum = new Checksum(random.nextLong(), 0, 0, random.nextInt(3));
                builder.add(offset, checksum);
                expected.put(offset, checksum);
            }
        }
        return builder.build();
    }

    @Test
    void theMapOfATebibyteIsWrittenAndReadAgain() {
        SplittableRandom random = new SplittableRandom(11);
        BlockMap.Builder builder = BlockMap.builder();
        for (long i = 524_287; i >= 0; i--) {
            builder.add(i << 21, new Checksum(random.nextLong(), random.nextLong(), random.nextLong(), i));
        }
        BlockMap map = builder.build();
        BackupConfiguration backup = BackupConfiguration.complete(
                "pvc-1",
                "backup-1",
                "snap-1",
                Instant.EPOCH,
                Instant.EPOCH,
                Map.of(),
                true,
                false,
                BlockSize.MIB_2,
                Compression.LZ4,
                0,
                0,
                map);
        BackupConfiguration read = BackupConfiguration.parse("pvc-1", "backup-1", backup.bytes());
        assertThat(read.size()).isEqualTo(1L << 40);
        assertThat(read.blocks().equals(map)).isTrue();
    }

    @Test
    void twoBlocksForOneOffsetAreRefused() {
        BlockMap.Builder builder = BlockMap.builder();
        builder.add(4096, Checksum.ofText("a"));
        builder.add(0, Checksum.ofText("a"));
        builder.add(4096, Checksum.ofText("a"));
        assertThat(builder.build().size()).isEqualTo(2);
        builder.add(4096, Checksum.ofText("b"));
        assertThatThrownBy(builder::build).hasMessageContaining("4096");
    }

    @Test
    void setsKeepWhatWasAdded() {
        SplittableRandom random = new SplittableRandom(5);
        ChecksumSet set = new ChecksumSet();
        Set<Checksum> expected = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Checksum checksum = new Checksum(0, random.nextInt(2), 0, random.nextInt(5000));
            assertThat(set.add(checksum)).isEqualTo(expected.add(checksum));
        }
        assertThat(set.size()).isEqualTo(expected.size());
        Set<Checksum> found = new HashSet<>();
        set.forEach(found::add);
        assertThat(found).isEqualTo(expected);
        assertThat(set.contains(new Checksum(0, 0, 0, 0))).isTrue();
        assertThat(set.contains(new Checksum(1, 0, 0, 0))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'',2097152", "0,2097152", "2097152,2097152", "2Mi,2097152", "16Mi,16777216", "2048Ki,2097152", "4k,4000",
        "1.5Mi,1572864", "2e6,2000000", "4096000m,4096", "1500m,2", "0.5,1", "+4096,4096", "64Mi,67108864"
    })
    void blockSizesAreQuantities(String text, int bytes) {
        assertThat(BlockSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "2MiB", "2 Mi", "65Mi", "1e99", "9Ei", "1e999", "--1", "Mi"})
    void otherBlockSizesAreRefused(String text) {
        assertThatThrownBy(() -> BlockSize.parse(text)).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "s3://backupbucket@us-east-1/some/prefix/?backup=backup-1&volume=pvc-s3,s3://backupbucket@us-east-1/some/prefix/",
        "nfs://host:/opt/backupstore?backup=backup-1&nfsOptions=soft%2Ctimeo%3D150&volume=pvc-s3,nfs://host:/opt/backupstore?nfsOptions=soft%2Ctimeo%3D150"
    })
    void addressesAreWrittenSortedAndEscaped(String url, String target) {
        BackupUrl parsed = BackupUrl.parse(url);
        assertThat(parsed).isEqualTo(new BackupUrl(target, "pvc-s3", "backup-1"));
        assertThat(parsed.text()).isEqualTo(url);
        assertThat(new BackupUrl(target.replace("%2C", ",").replace("%3D", "="), "pvc-s3", "backup-1").text())
                .isEqualTo(url);
    }

    @Test
    void addressesAreReadInAnyOrder() {
        BackupUrl expected = new BackupUrl("s3://b@r/", "pvc-1", "backup-1");
        assertThat(BackupUrl.parse("s3://b@r/?volume=pvc-1&backup=backup-1")).isEqualTo(expected);
        assertThat(BackupUrl.parse("s3://b@r/?volume=pvc-1\\u0026backup=backup-1"))
                .isEqualTo(expected);
        assertThat(BackupUrl.parse("s3://b@r/?volume=pvc-1u0026backup=backup-1"))
                .isEqualTo(expected);
        assertThat(BackupUrl.parse("s3://b@r/?volume=pvc-1").backup()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://b@r/",
                "s3://b@r/?backup=backup-1",
                "s3://b@r/?volume=..%2Fx&backup=backup-1",
                "s3://b@r/?volume=pvc-1&backup=a%2Fb",
                "s3://b@r/?volume=pvc-1&volume=pvc-2",
                "s3://b@r/?volume=pvc-1&x=%zz",
                "?volume=pvc-1"
            })
    void otherAddressesAreRefused(String url) {
        assertThatThrownBy(() -> BackupUrl.parse(url)).isInstanceOf(StorageException.class);
    }
}
