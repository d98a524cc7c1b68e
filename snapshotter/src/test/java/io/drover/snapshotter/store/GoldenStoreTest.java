package io.drover.snapshotter.store;

import static io.drover.snapshotter.store.GoldenStore.grown;
import static io.drover.snapshotter.store.GoldenStore.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.target.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that an earlier version wrote is read by this one, and this one writes the same. */
class GoldenStoreTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden-store");
    private static final BlockSize TINY = new BlockSize(4096);

    private final StoreFixture fixture = new StoreFixture(target(GOLDEN), FaultPoints.NONE);

    private static DirectoryTarget target(Path directory) {
        return DirectoryTarget.open(directory, "file://golden", Clock.systemUTC());
    }

    @Test
    void everyBackupIsRestored() {
        BlockSize size = BlockSize.MIB_2;
        assertThat(fixture.restore("pvc-golden-lz4", "backup-1")).isEqualTo(grown(image(size, 3, 1, 0, 2), size, 4));
        assertThat(fixture.restore("pvc-golden-lz4", "backup-2")).isEqualTo(grown(image(size, 3, 1, 3, 2), size, 4));
        assertThat(fixture.restore("pvc-golden-lz4", "backup-3")).isEqualTo(image(size, 4, 4, 3, 2, 2));
        assertThat(fixture.restore("pvc-golden-16mib", "backup-1")).isEqualTo(image(BlockSize.MIB_16, 2, 0, 5));
        assertThat(fixture.restore("pvc-golden-gzip", "backup-1")).isEqualTo(image(size, 2, 1, 2));
        assertThat(fixture.restore("pvc-golden-none", "backup-1")).isEqualTo(image(TINY, 3, 7, 0, 8));
        assertThat(fixture.restore("pvc-golden-2018", "backup-1")).isEqualTo(image(size, 3, 1, 0, 2));
        assertThat(fixture.restore("pvc-golden-bad", "backup-good")).isEqualTo(image(TINY, 2, 1, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "backup-in-progress,NOT_READY,in progress",
        "backup-cut,CORRUPT,damaged",
        "backup-missing-block,CORRUPT,missing",
        "backup-wrong-block,CORRUPT,its content has the checksum",
        "backup-other-name,CORRUPT,backup-good",
        "backup-block-size,CORRUPT,some",
        "backup-beyond,CORRUPT,8192",
        "backup-none,NOT_FOUND,does not exist"
    })
    void whatIsDamagedIsRefusedByName(String backup, ErrorCode code, String message) {
        assertThatThrownBy(() -> fixture.restore("pvc-golden-bad", backup))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message)
                .hasMessageContaining("pvc-golden-bad");
    }

    @Test
    void allVolumesAreListed() {
        assertThat(fixture.store.volumes())
                .allMatch(volume -> volume.problem().isEmpty())
                .extracting(StoredVolume::name)
                .containsExactly(
                        "pvc-golden-16mib",
                        "pvc-golden-2018",
                        "pvc-golden-bad",
                        "pvc-golden-gzip",
                        "pvc-golden-lz4",
                        "pvc-golden-none");
    }

    @Test
    void thisVersionWritesTheSameConfigurations(@TempDir Path directory) throws IOException {
        new GoldenStore(target(directory)).write();
        List<Path> written = configurations(directory);
        assertThat(written).isEqualTo(configurations(GOLDEN)).hasSizeGreaterThan(15);
        for (Path file : written) {
            assertThat(directory.resolve(file)).as(file.toString()).hasSameBinaryContentAs(GOLDEN.resolve(file));
        }
    }

    private static List<Path> configurations(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".cfg"))
                    .map(directory::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writeItAnew() throws IOException {
        String directory = System.getProperty("drover.golden-store", "");
        assumeTrue(!directory.isEmpty(), "only on demand: -Ddrover.golden-store=<directory>");
        new GoldenStore(target(Files.createDirectories(Path.of(directory)))).write();
    }
}
