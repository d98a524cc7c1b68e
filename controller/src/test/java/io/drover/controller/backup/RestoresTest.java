package io.drover.controller.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.World;
import io.drover.controller.mover.Transfer;
import io.drover.controller.volume.SizeRange;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RestoresTest {
    private static final String URL = "s3://bucket@region/path/";
    private static final BackupId BACKUP = new BackupId(World.volume("pvc-1"), "backup-1");

    private final World world = new World();

    private static void givenBackup(World world) {
        var _ = world.services().backups().targets().add("default", URL, Map.of());
        world.create("pvc-1");
        world.hosts.write(World.replica("pvc-1"), 7, "data");
        var _ = world.services()
                .backups()
                .creation()
                .create(
                        new BackupSpecification(BACKUP, BackupOrigin.CSI, "", "", BackupMode.INCREMENTAL, Map.of()),
                        Map.of());
    }

    private static VolumeSpecification wanted(VolumeSource source, SizeRange size, boolean fsTypeChosen) {
        VolumeSpecification like = World.blank("restored");
        return new VolumeSpecification(
                like.id(),
                size,
                like.parameters(),
                fsTypeChosen,
                like.accessModes(),
                false,
                true,
                source,
                like.requisiteNodes(),
                like.preferredNodes());
    }

    private static Volume restore(World world) {
        return world.services()
                .creation()
                .create(wanted(new VolumeSource.FromBackup("", BACKUP), SizeRange.ANY, false));
    }

    @Test
    void aVolumeIsRestoredWithoutItsSource() {
        givenBackup(world);
        world.services().deletion().delete(World.volume("pvc-1"));

        Volume restored = restore(world);

        assertThat(restored.state()).isEqualTo(VolumeState.READY);
        assertThat(restored.size()).isEqualTo(ByteSize.ofGibi(1));
        assertThat(restored.blockBytes()).isEqualTo(4096);
        assertThat(restored.source()).isEqualTo(new VolumeSource.FromBackup(URL, BACKUP));
        assertThat(world.hosts.read(World.replica("restored"), 7)).isEqualTo("data");
        assertThat(restore(world)).isEqualTo(restored);
        assertThat(world.movers.restoreOrders()).hasSize(1);
    }

    @Test
    void anImageOfSomebodyElsesHasSmallBlocksAndSoHaveItsClones() {
        var _ = world.services().backups().targets().add("default", URL, Map.of());
        world.movers.putForeign(URL, "pvc-1", "backup-1", ByteSize.ofMebi(20), "theirs");

        Volume restored = restore(world);

        assertThat(restored.size()).isEqualTo(ByteSize.ofMebi(20));
        assertThat(restored.blockBytes()).isEqualTo(512);
        assertThat(world.hosts.blockBytes(World.replica("restored"))).isEqualTo(512);
        Volume clone = world.services()
                .creation()
                .create(World.specification(
                        "clone", ByteSize.ofMebi(20), new VolumeSource.FromVolume(World.volume("restored"))));
        assertThat(clone.blockBytes()).isEqualTo(512);
        assertThat(world.hosts.blockBytes(World.replica("clone"))).isEqualTo(512);
    }

    @Test
    void aSmallerVolumeIsOutOfRangeAndALargerOneIsNot() {
        givenBackup(world);
        VolumeSource source = new VolumeSource.FromBackup(URL, BACKUP);

        Expect.code(
                ErrorCode.OUT_OF_RANGE,
                () -> world.services()
                        .creation()
                        .create(wanted(source, SizeRange.exactly(ByteSize.ofMebi(512)), false)),
                "1Gi");
        assertThat(world.recorded()).noneMatch(record -> record.startsWith("restored"));

        assertThat(world.services()
                        .creation()
                        .create(wanted(source, SizeRange.exactly(ByteSize.ofGibi(2)), false))
                        .size())
                .isEqualTo(ByteSize.ofGibi(2));
    }

    @Test
    void anotherFileSystemThanTheBackupsIsInvalid() {
        givenBackup(world);
        VolumeSpecification like = wanted(new VolumeSource.FromBackup("", BACKUP), SizeRange.ANY, true);
        VolumeSpecification xfs = new VolumeSpecification(
                like.id(),
                like.size(),
                like.parameters().withFsType(FileSystemType.XFS),
                true,
                like.accessModes(),
                false,
                true,
                like.source(),
                like.requisiteNodes(),
                like.preferredNodes());

        Expect.code(ErrorCode.INVALID, () -> world.services().creation().create(xfs), "ext4");
    }

    @Test
    void aRestoreUnderWayIsNotReadyAndTheSameCallFindsItsEnd() {
        givenBackup(world);
        world.movers.hold();

        Expect.code(ErrorCode.NOT_READY, () -> restore(world), "40 %", "call again");
        Expect.code(ErrorCode.NOT_READY, () -> restore(world), "40 %");
        assertThat(world.recorded()).contains("restored:CREATING");

        world.movers.release();
        assertThat(restore(world).state()).isEqualTo(VolumeState.READY);
        assertThat(world.hosts.read(World.replica("restored"), 7)).isEqualTo("data");
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"CORRUPT", "NOT_FOUND", "IN_USE", "OUT_OF_RANGE"})
    void aRestoreThatFailsForGoodLeavesNothing(ErrorCode code) {
        givenBackup(world);
        world.movers.endNext(Transfer.Kind.RESTORE, code);

        Expect.code(code, () -> restore(world), "restored");

        assertThat(world.recorded()).noneMatch(record -> record.startsWith("restored"));
        assertThat(world.hosts.contents()).doesNotContain("restored");
    }

    @Test
    void aFailureThatNobodySawIsToldAndTheNextVolumeOfTheNameIsMadeAnew() {
        givenBackup(world);
        world.movers.hold();
        Expect.code(ErrorCode.NOT_READY, () -> restore(world));
        world.clock.advance(Duration.ofSeconds(60));
        world.movers.endNext(Transfer.Kind.RESTORE, ErrorCode.CORRUPT);
        world.movers.release();

        Expect.code(ErrorCode.CORRUPT, () -> restore(world), "restored");
        assertThat(world.hosts.contents()).doesNotContain("restored");
        world.clock.advance(Duration.ofSeconds(60));
        assertThat(restore(world).state()).isEqualTo(VolumeState.READY);
    }

    @Test
    void aRestoreThatMayContinueKeepsWhatItHas() {
        givenBackup(world);
        world.movers.endNext(Transfer.Kind.RESTORE, ErrorCode.UNAVAILABLE);

        Expect.code(ErrorCode.UNAVAILABLE, () -> restore(world));
        assertThat(world.recorded()).contains("restored:CREATING");
        assertThat(restore(world).state()).isEqualTo(VolumeState.READY);
    }

    @ParameterizedTest
    @CsvSource({"'', NOT_READY, not complete", "block 5 is missing, CORRUPT, block 5 is missing"})
    void whatCannotBeRestoredIsRefusedBeforeAnythingIsMade(String problem, ErrorCode code, String word) {
        givenBackup(world);
        world.movers.damage(URL, "pvc-1", "backup-1", problem);

        Expect.code(code, () -> restore(world), word);

        assertThat(world.recorded()).noneMatch(record -> record.startsWith("restored"));
    }

    @Test
    void aBackupIsLookedForInAllTargetsAndSilenceIsNoAbsence() {
        var _ = world.services().backups().targets().add("default", URL, Map.of());
        var _ = world.services().backups().targets().add("archive", "file:///archive", Map.of());
        Expect.code(ErrorCode.NOT_FOUND, () -> restore(world), "bak://pvc-1/backup-1");
        world.movers.silence(URL);
        Expect.code(ErrorCode.UNAVAILABLE, () -> restore(world));

        world.movers.putForeign("file:///archive", "pvc-1", "backup-1", ByteSize.ofMebi(20), "theirs");

        assertThat(restore(world).source()).isEqualTo(new VolumeSource.FromBackup("file:///archive", BACKUP));
    }

    @Test
    void deletingAVolumeThatIsBeingRestoredEndsTheRestoreFirst() {
        givenBackup(world);
        world.movers.hold();
        Expect.code(ErrorCode.NOT_READY, () -> restore(world));

        world.services().deletion().delete(World.volume("restored"));
        world.movers.release();

        assertThat(world.hosts.contents()).doesNotContain("restored");
        assertThat(world.recorded()).noneMatch(record -> record.startsWith("restored"));
    }

    @Test
    void aCrashAnywhereIsFinishedByTheSameCall() {
        List<String> points = World.crashEverywhere(RestoresTest::givenBackup, RestoresTest::restore, each -> {
            assertThat(each.recorded()).contains("restored:READY");
            assertThat(each.hosts.read(World.replica("restored"), 7)).isEqualTo("data");
        });

        assertThat(points)
                .containsExactly("volume-create.recorded", "volume-create.replica-made", "volume-create.restored");
    }
}
