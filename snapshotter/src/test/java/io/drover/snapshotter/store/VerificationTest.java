package io.drover.snapshotter.store;

import static io.drover.snapshotter.store.StoreFixture.codeOf;
import static io.drover.snapshotter.store.StoreFixture.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.target.DirectoryTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final String VOLUME = "pvc-1";
    private static final byte[] IMAGE =
            image(IntStream.rangeClosed(1, 40).map(i -> i == 40 ? 1 : i).toArray());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture fixture;

    @SuppressWarnings("NullAway.Init")
    private BackupConfiguration backup;

    private final Watcher watcher = new Watcher();

    private static final class Watcher implements VerificationProgress {
        private final AtomicLong total = new AtomicLong();
        private final AtomicLong checked = new AtomicLong();

        @Override
        public void total(long bytes) {
            total.set(bytes);
        }

        @Override
        public void checked(long blockBytes, long storedBytes) {
            checked.addAndGet(blockBytes);
        }
    }

    @BeforeEach
    void open() {
        fixture = fixture(FaultyFiles.Fault.ERROR, -1);
        backup = fixture.backUp(VOLUME, "backup-1", IMAGE, 0);
    }

    private StoreFixture fixture(FaultyFiles.Fault fault, int call) {
        DirectoryTarget files = DirectoryTarget.open(directory, "file://test", Clock.systemUTC());
        return new StoreFixture(new FaultyFiles(files, fault, (now, operation) -> now == call), FaultPoints.NONE);
    }

    private VerificationReport verify(StoreFixture by, int percent) {
        return new Verification(by.store, by.locks, FaultPoints.NONE)
                .verify(VOLUME, "backup-1", percent, new SplittableRandom(1), 3, watcher);
    }

    @Test
    void aGoodBackupIsGood() {
        VerificationReport report = verify(fixture, 100);
        assertThat(report.bad()).isEmpty();
        assertThat(report.blocks()).isEqualTo(39);
        assertThat(report.checked()).isEqualTo(39);
        assertThat(report.readBytes()).isEqualTo(backup.newlyUploaded());
        assertThat(watcher.checked.get()).isEqualTo(watcher.total.get()).isEqualTo(39 * 4096);
        assertThat(verify(fixture, 10).checked()).isEqualTo(4);
        assertThat(directory.resolve(StorePaths.badBlocks(VOLUME))).doesNotExist();
    }

    @Test
    void everyBadBlockIsFoundRememberedAndSentAgain() throws IOException {
        Checksum missing = backup.blocks().checksum(3);
        Checksum wrong = backup.blocks().checksum(7);
        Checksum cut = backup.blocks().checksum(0);
        Files.delete(place(missing));
        Files.copy(place(backup.blocks().checksum(8)), place(wrong), StandardCopyOption.REPLACE_EXISTING);
        byte[] whole = Files.readAllBytes(place(cut));
        Files.write(place(cut), Arrays.copyOf(whole, whole.length - 3));

        VerificationReport report = verify(fixture, 100);
        assertThat(report.bad()).extracting(BadBlock::checksum).containsExactly(cut, missing, wrong);
        assertThat(report.bad()).extracting(BadBlock::offset).containsExactly(0L, 3 * 4096L, 7 * 4096L);
        assertThat(report.bad().get(1).problem()).contains("missing");
        assertThat(fixture.store.badBlocks(VOLUME).problems()).containsOnlyKeys(cut, missing, wrong);
        assertThat(codeOf(() -> fixture.restore(VOLUME, "backup-1"))).isEqualTo(ErrorCode.CORRUPT);

        fixture.backUp(VOLUME, "backup-2", IMAGE, 1);
        assertThat(fixture.store.badBlocks(VOLUME).isEmpty()).isTrue();
        assertThat(verify(fixture, 100).bad()).isEmpty();
        assertThat(fixture.restore(VOLUME, "backup-1")).isEqualTo(IMAGE);
    }

    @Test
    void whatIsGoodAgainLeavesTheRegister() throws IOException {
        Checksum one = backup.blocks().checksum(3);
        byte[] saved = Files.readAllBytes(place(one));
        Files.delete(place(one));
        assertThat(verify(fixture, 100).bad()).hasSize(1);
        Files.createDirectories(place(one).getParent());
        Files.write(place(one), saved);
        assertThat(verify(fixture, 100).bad()).isEmpty();
        assertThat(fixture.store.badBlocks(VOLUME).isEmpty()).isTrue();
    }

    @Test
    void aTargetThatFailsMakesNoBlockBad() {
        int calls = 60;
        for (int call = 0; call < calls; call++) {
            StoreFixture faulty = fixture(FaultyFiles.Fault.ERROR, call);
            try {
                assertThat(verify(faulty, 100).bad()).isEmpty();
            } catch (StorageException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            }
            assertThat(fixture.store.badBlocks(VOLUME).isEmpty()).isTrue();
        }
    }

    private Path place(Checksum checksum) {
        return directory.resolve(StorePaths.block(VOLUME, checksum));
    }
}
