package io.drover.snapshotter.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.image.ModelImages;
import io.drover.snapshotter.store.BadBlocks;
import io.drover.snapshotter.store.LocalSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackupRoundTripTest {
    private static final int MIB = 1 << 20;
    private static final int BLOCK = 2 * MIB;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Trial trial;

    @BeforeEach
    void begin() {
        trial = new Trial(folder);
    }

    static Stream<Arguments> combinations() {
        return Stream.of(BlockSize.MIB_2, BlockSize.MIB_16)
                .flatMap(size -> Stream.of(Compression.values()).map(method -> Arguments.of(size, method)));
    }

    /** Random contents of every kind, three generations, each restored at the end. */
    @ParameterizedTest
    @MethodSource("combinations")
    void generationsOfRandomChangesAllComeBack(BlockSize size, Compression method) {
        trial.blockSize = size;
        trial.compression = method;
        Random random = new Random(size.bytes() + method.ordinal());
        trial.images.create(Trial.VOLUME, 3L * size.bytes());
        trial.images.change(Trial.VOLUME, 5, 600, random);
        LocalSnapshot first = trial.snapshot("s1");
        assertThat(trial.backUp(first).incremental()).isFalse();

        trial.images.change(Trial.VOLUME, 3, 20, random);
        LocalSnapshot second = trial.snapshot("s2");
        BackupConfiguration next = trial.backUp(second);
        assertThat(next.incremental()).isTrue();
        assertThat(next.compression()).isEqualTo(method);

        trial.images.trim(Trial.VOLUME, 0, 2 * size.bytes());
        trial.images.change(Trial.VOLUME, 2, 10, random);
        LocalSnapshot third = trial.snapshot("s3");
        trial.backUp(third);

        for (LocalSnapshot snapshot : List.of(first, second, third)) {
            trial.assertRestores(snapshot);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EMPTY", "DENSE", "ZEROS", "ONE_PAGE", "EDGES", "LAST_PAGE"})
    void imagesOfEveryKindComeBack(Kind kind) {
        trial.images.create(Trial.VOLUME, 5L * BLOCK);
        kind.fill(trial.images);
        LocalSnapshot snapshot = trial.snapshot("s1");

        BackupConfiguration backup = trial.backUp(snapshot);

        assertThat(backup.blocks().size()).isEqualTo(kind.blocks);
        assertThat(backup.size()).isEqualTo((long) kind.blocks * BLOCK);
        trial.assertRestores(snapshot);
        trial.assertRestores(snapshot, 5L * BLOCK + 3 * ModelImages.PAGE);
    }

    enum Kind {
        EMPTY(0) {
            @Override
            void fill(ModelImages images) {}
        },
        DENSE(5) {
            @Override
            void fill(ModelImages images) {
                images.writeRandom(Trial.VOLUME, 0, 5 * BLOCK, new Random(1));
            }
        },
        ZEROS(2) {
            @Override
            void fill(ModelImages images) {
                images.write(Trial.VOLUME, BLOCK, new byte[2 * BLOCK]);
            }
        },
        ONE_PAGE(1) {
            @Override
            void fill(ModelImages images) {
                images.writeRandom(Trial.VOLUME, 3 * BLOCK + MIB, 4096, new Random(2));
            }
        },
        EDGES(2) {
            @Override
            void fill(ModelImages images) {
                images.writeRandom(Trial.VOLUME, 2 * BLOCK - 4096, 8192, new Random(3));
            }
        },
        LAST_PAGE(1) {
            @Override
            void fill(ModelImages images) {
                images.writeRandom(Trial.VOLUME, 5 * BLOCK - 4096, 4096, new Random(4));
            }
        };

        private final int blocks;

        Kind(int blocks) {
            this.blocks = blocks;
        }

        abstract void fill(ModelImages images);
    }

    @Test
    void anIncrementalReadsOnlyWhatChanged() {
        LocalSnapshot first = dense(20);
        trial.backUp(first);
        trial.images.writeRandom(Trial.VOLUME, 4L * BLOCK + 8192, 4096, new Random(8));
        trial.images.writeRandom(Trial.VOLUME, 9L * BLOCK, BLOCK, new Random(9));
        trial.images.trim(Trial.VOLUME, 12L * BLOCK, BLOCK);
        LocalSnapshot second = trial.snapshot("s2");
        trial.reconnect();

        BackupConfiguration backup = trial.backUp(second);

        assertThat(trial.monitor.read()).isEqualTo(2L * BLOCK);
        assertThat(trial.files.blockWrites()).hasSize(3);
        assertThat(backup.blocks().size()).isEqualTo(20);
        trial.assertRestores(second);
        trial.assertRestores(first);
    }

    @Test
    void aBackupOfNothingNewSendsNothing() {
        trial.backUp(dense(3));
        LocalSnapshot second = trial.snapshot("s2");
        trial.reconnect();
        trial.backUp(second);
        assertThat(trial.monitor.read()).isZero();
        assertThat(trial.files.blockWrites()).isEmpty();
        trial.assertRestores(second);
    }

    @Test
    void equalBlocksAreSentOnce() {
        byte[] same = new byte[BLOCK];
        new Random(1).nextBytes(same);
        trial.images.create(Trial.VOLUME, 10L * BLOCK);
        for (int i = 0; i < 10; i++) {
            trial.images.write(Trial.VOLUME, (long) i * BLOCK, same);
        }
        LocalSnapshot snapshot = trial.snapshot("s1");
        trial.backUp(snapshot);
        assertThat(trial.files.blockWrites().values()).containsExactly(1);
        assertThat(trial.store().volume("pvc-1").blockCount()).isEqualTo(1);
        trial.assertRestores(snapshot);
    }

    @Test
    void withoutTheBasesSnapshotEverythingIsReadAndOnlyNewsAreSent() {
        LocalSnapshot first = dense(6);
        trial.backUp(first);
        trial.images.writeRandom(Trial.VOLUME, 2L * BLOCK, 4096, new Random(5));
        trial.images.trim(Trial.VOLUME, 4L * BLOCK, BLOCK);
        LocalSnapshot second = trial.snapshot("s2");
        trial.snapshots.remove(first);
        trial.reconnect();

        BackupConfiguration backup = trial.backUp(second);

        assertThat(backup.incremental()).isFalse();
        assertThat(trial.monitor.read()).isEqualTo(5L * BLOCK);
        assertThat(trial.files.blockWrites()).hasSize(1);
        trial.assertRestores(second);
        trial.assertRestores(first);
    }

    @Test
    void aSnapshotOfTheSameNameThatWasMadeAnewIsNoBase() {
        LocalSnapshot first = dense(4);
        trial.backUp(first);
        trial.forget(first);
        trial.images.writeRandom(Trial.VOLUME, BLOCK, BLOCK, new Random(11));
        trial.images.takeSnapshot(Trial.VOLUME, "s1");
        trial.snapshots.add(new LocalSnapshot("s1", Trial.MIDNIGHT.plusSeconds(3600)));
        trial.images.writeRandom(Trial.VOLUME, 3L * BLOCK, 4096, new Random(12));
        LocalSnapshot second = trial.snapshot("s2");

        assertThat(trial.backUp(second).incremental()).isFalse();

        trial.assertRestores(second);
    }

    @Test
    void theSameBackupAgainIsDoneAndAnotherOfItsNameIsRefused() {
        LocalSnapshot first = dense(2);
        BackupConfiguration backup = trial.backUp(first);
        trial.reconnect();
        assertThat(trial.backUp(first)).isEqualTo(backup);
        assertThat(trial.files.blockWrites()).isEmpty();

        LocalSnapshot other = new LocalSnapshot("s1", first.created().plusSeconds(1));
        assertThatThrownBy(() -> trial.backUp(other))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EXISTS_DIFFERENT))
                .hasMessageContaining("backup-s1");
    }

    @Test
    void aVolumeThatGrewRestoresOldAndNewBackups() {
        LocalSnapshot first = dense(2);
        trial.backUp(first);
        trial.images.grow(Trial.VOLUME, 5L * BLOCK);
        trial.images.writeRandom(Trial.VOLUME, 4L * BLOCK, BLOCK, new Random(3));
        LocalSnapshot second = trial.snapshot("s2");
        trial.backUp(second);
        assertThat(trial.store().volume("pvc-1").size()).isEqualTo(5L * BLOCK);
        trial.assertRestores(second);
        trial.assertRestores(first);
        assertThatThrownBy(() -> trial.assertRestores(first, 4L * BLOCK))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_RANGE));
    }

    @Test
    void aFullBackupSendsEverythingAgain() {
        LocalSnapshot first = dense(4);
        trial.backUp(first);
        trial.images.writeRandom(Trial.VOLUME, 0, BLOCK, new Random(3));
        LocalSnapshot second = trial.snapshot("s2");
        trial.reconnect();

        BackupConfiguration backup = trial.backUp(second, true);

        assertThat(trial.files.blockWrites()).hasSize(4);
        assertThat(backup.reUploaded()).isGreaterThan(2L * BLOCK / 2);
        assertThat(backup.newlyUploaded()).isBetween(1L, (long) BLOCK + 100);
        assertThat(backup.incremental()).isFalse();
        assertThat(trial.store().volume("pvc-1").blockCount()).isEqualTo(5);
        trial.assertRestores(second);
    }

    @Test
    void aBlockThatWasFoundBadIsSentAgain() throws IOException {
        LocalSnapshot first = dense(4);
        BackupConfiguration backup = trial.backUp(first);
        Path block = blockFile(backup, 2);
        Files.write(block, new byte[(int) Files.size(block)]);
        trial.store()
                .recordBadBlocks(
                        "pvc-1", BadBlocks.NONE.with(Map.of(backup.blocks().checksum(2), "damaged")));
        trial.snapshot("s2");
        trial.reconnect();

        trial.backUp(trial.snapshots.getLast());

        assertThat(trial.files.blockWrites()).hasSize(1);
        assertThat(trial.store().badBlocks("pvc-1").isEmpty()).isTrue();
        trial.assertRestores(first);
    }

    @Test
    void aBlockThatWasLostIsSentAgain() throws IOException {
        LocalSnapshot first = dense(4);
        Files.delete(blockFile(trial.backUp(first), 1));
        trial.images.writeRandom(Trial.VOLUME, 0, BLOCK, new Random(3));
        trial.snapshot("s2");
        trial.backUp(trial.snapshots.getLast());
        trial.assertRestores(first);
    }

    @Test
    void deletingOneBackupLeavesTheOthersWhole() {
        LocalSnapshot first = dense(4);
        trial.backUp(first);
        trial.images.writeRandom(Trial.VOLUME, 0, BLOCK, new Random(3));
        LocalSnapshot second = trial.snapshot("s2");
        trial.backUp(second);
        trial.delete(first);
        trial.assertRestores(second);
        trial.images.writeRandom(Trial.VOLUME, 0, BLOCK, new Random(4));
        LocalSnapshot third = trial.snapshot("s3");
        assertThat(trial.backUp(third).incremental()).isTrue();
        trial.delete(second);
        trial.assertRestores(third);
    }

    @Test
    void blocksThatDoNotDivideTheVolumeAreRefused() {
        trial.blockSize = BlockSize.MIB_16;
        LocalSnapshot snapshot = dense(3);
        assertThatThrownBy(() -> trial.backUp(snapshot))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    private Path blockFile(BackupConfiguration backup, int entry) throws IOException {
        String name = backup.blocks().checksum(entry) + ".blk";
        try (Stream<Path> all = Files.walk(trial.storeFolder)) {
            return all.filter(path -> path.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private LocalSnapshot dense(int blocks) {
        trial.images.create(Trial.VOLUME, (long) blocks * BLOCK);
        trial.images.writeRandom(Trial.VOLUME, 0, blocks * BLOCK, new Random(blocks));
        return trial.snapshot("s1");
    }
}
