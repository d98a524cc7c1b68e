package io.drover.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.attachment.AttachmentRequest;
import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.World;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumeLifeTest {
    private final World world = new World();

    @Test
    void createdVolumeIsReadyAndLiesOnADisk() {
        // When
        Volume volume = world.create("v");

        // Then
        assertThat(volume.state()).isEqualTo(VolumeState.READY);
        assertThat(volume.size()).isEqualTo(ByteSize.ofGibi(1));
        assertThat(world.hosts.contents()).containsExactly("v");
        assertThat(world.hosts.recordOf(World.replica("v"))).contains("v");
    }

    @Test
    void creatingAgainChangesNothing() {
        // Given
        Volume first = world.create("v");

        // When
        Volume second = world.create("v");

        // Then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void creatingAgainWithOtherArgumentsNamesWhatDiffers() {
        // Given
        world.create("v");

        // When, Then
        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services()
                        .creation()
                        .create(World.specification("v", ByteSize.ofGibi(2), new VolumeSource.Blank())),
                "v",
                "size");
        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services()
                        .creation()
                        .create(World.specification(
                                "v", ByteSize.ofGibi(1), new VolumeSource.FromVolume(new VolumeId("w")))),
                "content source");
    }

    @Test
    void createAfterExpansionIsStillTheSameVolume() {
        // Given
        world.create("v");
        world.services().changes().expand(World.volume("v"), SizeRange.exactly(ByteSize.ofGibi(3)));

        // When, Then
        assertThat(world.create("v").size()).isEqualTo(ByteSize.ofGibi(3));
    }

    @Test
    void secondCallerAtTheSameTimeIsToldSo() {
        // Given: the second call comes while the first asks the host
        world.hosts.meanwhile(() -> Expect.code(ErrorCode.BUSY, () -> world.create("v"), "v"));

        // When
        Volume volume = world.create("v");

        // Then
        assertThat(volume.state()).isEqualTo(VolumeState.READY);
    }

    @Test
    void creationSurvivesACrashAnywhere() {
        var points = World.crashEverywhere(world -> {}, world -> world.create("v"), world -> {
            assertThat(world.recorded()).containsExactly("v:READY");
            assertThat(world.hosts.contents()).containsExactly("v");
        });
        assertThat(points).containsExactly("volume-create.recorded", "volume-create.replica-made");
    }

    @Test
    void aFinalFailureLeavesNothing() {
        // Given: the replica was made, then the host ran out of space
        world.hosts.failNext("createReplica", Moment.AFTER, ErrorCode.NO_SPACE);

        // When, Then
        Expect.code(ErrorCode.NO_SPACE, () -> world.create("v"));
        assertThat(world.recorded()).isEmpty();
        assertThat(world.hosts.contents()).isEmpty();
    }

    @Test
    void anAnswerThatIsLostLeavesTheRecordAndTheRepeatFinishes() {
        // Given
        world.hosts.failNext("createReplica", Moment.AFTER, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> world.create("v"));
        assertThat(world.recorded()).containsExactly("v:CREATING");

        // When
        Volume volume = world.create("v");

        // Then
        assertThat(volume.state()).isEqualTo(VolumeState.READY);
    }

    @Test
    void aFailureThatCannotBeUndoneAsksToCallAgain() {
        // Given
        world.hosts.failNext("createReplica", Moment.AFTER, ErrorCode.INTERNAL);
        world.hosts.failNext("deleteReplica", Moment.BEFORE, ErrorCode.UNAVAILABLE);

        // When, Then
        Expect.code(ErrorCode.NOT_READY, () -> world.create("v"), "call again");
        assertThat(world.recorded()).containsExactly("v:DELETING");

        // When: housekeeping comes by, and the caller after it
        assertThat(world.services().interruptedWork().finish()).isEmpty();
        assertThat(world.recorded()).isEmpty();
        world.create("v");

        // Then
        assertThat(world.recorded()).containsExactly("v:READY");
        assertThat(world.hosts.contents()).containsExactly("v");
    }

    @Test
    void aForeignReplicaOfTheSameNameIsLeftAlone() {
        // Given: a replica that no record knows of
        world.create("v");
        world.hosts.write(World.replica("v"), 0, "precious");
        world.store.delete(Volume.class, "v");

        // When
        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services()
                        .creation()
                        .create(World.specification("v", ByteSize.ofGibi(2), new VolumeSource.Blank())));

        // Then
        assertThat(world.recorded()).isEmpty();
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("precious");
    }

    @Test
    void cloneAndRestoreCarryTheContent() {
        // Given
        world.create("v");
        world.hosts.write(World.replica("v"), 0, "old");
        world.snapshot("v", "s");
        world.hosts.write(World.replica("v"), 0, "new");

        // When
        world.services()
                .creation()
                .create(World.specification(
                        "clone", ByteSize.ofGibi(2), new VolumeSource.FromVolume(World.volume("v"))));
        world.services()
                .creation()
                .create(World.specification(
                        "restored",
                        ByteSize.ofGibi(1),
                        new VolumeSource.FromSnapshot(new SnapshotId(World.volume("v"), "s"))));

        // Then
        assertThat(world.hosts.read(World.replica("clone"), 0)).isEqualTo("new");
        assertThat(world.hosts.read(World.replica("restored"), 0)).isEqualTo("old");
    }

    @Test
    void aCloneCannotBeSmallerThanItsSourceNorComeFromNothing() {
        // Given
        world.create("v");

        // When, Then
        Expect.code(
                ErrorCode.OUT_OF_RANGE,
                () -> world.services()
                        .creation()
                        .create(World.specification(
                                "c", ByteSize.ofMebi(10), new VolumeSource.FromVolume(World.volume("v")))));
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services()
                        .creation()
                        .create(World.specification(
                                "c", ByteSize.ofGibi(1), new VolumeSource.FromVolume(World.volume("none")))),
                "none");
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services()
                        .creation()
                        .create(World.specification(
                                "c",
                                ByteSize.ofGibi(1),
                                new VolumeSource.FromSnapshot(new SnapshotId(World.volume("v"), "none")))));
        assertThat(world.recorded()).containsExactly("v:READY");
    }

    @Test
    void deletedVolumeLeavesNothingAndDeletingAgainIsSuccess() {
        // Given
        world.create("v");

        // When
        world.services().deletion().delete(World.volume("v"));
        world.services().deletion().delete(World.volume("v"));

        // Then
        assertThat(world.recorded()).isEmpty();
        assertThat(world.hosts.contents()).isEmpty();
    }

    @Test
    void deletionSurvivesACrashAnywhere() {
        World.crashEverywhere(
                world -> {
                    world.create("v");
                    world.snapshot("v", "kept");
                },
                world -> world.services().deletion().delete(World.volume("v")),
                world -> {
                    assertThat(world.recorded()).containsExactly("v:RETAINED", "v@kept:READY");
                    assertThat(world.hosts.contents()).containsExactly("v@kept");
                });
    }

    @Test
    void deletionOfAVolumeWithSnapshotsByHandSurvivesACrashAnywhere() {
        World.crashEverywhere(
                world -> {
                    world.create("v");
                    for (String name : new String[] {"one", "two"}) {
                        world.services()
                                .snapshotCreation()
                                .create(new SnapshotSpecification(
                                        new SnapshotId(World.volume("v"), name), SnapshotOrigin.USER, Map.of()));
                    }
                },
                world -> world.services().deletion().delete(World.volume("v")),
                world -> {
                    assertThat(world.recorded()).isEmpty();
                    assertThat(world.hosts.contents()).isEmpty();
                });
    }

    @Test
    void publishedOrStagedVolumeIsNotDeleted() {
        // Given
        world.create("v");
        publish("v");

        // When, Then
        Expect.code(ErrorCode.IN_USE, () -> world.services().deletion().delete(World.volume("v")), World.NODE);

        // Given
        world.services().attachments().unpublish(World.volume("v"), java.util.Optional.empty());
        world.hosts.attach(World.replica("v"));

        // When, Then
        Expect.code(ErrorCode.IN_USE, () -> world.services().deletion().delete(World.volume("v")), "/dev/loop0");
        assertThat(world.recorded()).containsExactly("v:READY");
    }

    @Test
    void deletionWithoutAnAnswerDeletesNothingAndSaysSo() {
        // Given
        world.create("v");
        world.hosts.failNext("replica", Moment.BEFORE, ErrorCode.UNAVAILABLE);

        // When, Then
        Expect.code(ErrorCode.UNAVAILABLE, () -> world.services().deletion().delete(World.volume("v")));
        assertThat(world.recorded()).containsExactly("v:READY");
    }

    @Test
    void aNameIsTakenWhileSnapshotsOfItsDeletedVolumeAreKept() {
        // Given
        world.create("v");
        world.snapshot("v", "s");
        world.services().deletion().delete(World.volume("v"));

        // When, Then
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> world.create("v"), "snapshots");
        Expect.code(ErrorCode.NOT_FOUND, () -> world.services().queries().detail(World.volume("v")));
    }

    @Test
    void expandingGrowsAndNeverShrinks() {
        // Given
        world.create("v");

        // When
        Volume grown = world.services()
                .changes()
                .expand(
                        World.volume("v"),
                        SizeRange.exactly(new ByteSize(ByteSize.ofGibi(2).bytes() - 1)));

        // Then
        assertThat(grown.size()).isEqualTo(ByteSize.ofGibi(2));
        assertThat(world.hosts.replica(World.replica("v")).size()).isEqualTo(ByteSize.ofGibi(2));
        assertThat(world.services()
                        .changes()
                        .expand(World.volume("v"), SizeRange.exactly(ByteSize.ofGibi(1)))
                        .size())
                .isEqualTo(ByteSize.ofGibi(2));
        Expect.code(
                ErrorCode.OUT_OF_RANGE,
                () -> world.services()
                        .changes()
                        .expand(
                                World.volume("v"),
                                new SizeRange(0, ByteSize.ofGibi(1).bytes())));
        Expect.code(
                ErrorCode.NO_SPACE,
                () -> world.services().changes().expand(World.volume("v"), SizeRange.exactly(ByteSize.ofGibi(900))));
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services().changes().expand(World.volume("w"), SizeRange.exactly(ByteSize.ofGibi(9))));
    }

    @Test
    void expansionSurvivesACrashAnywhere() {
        World.crashEverywhere(
                world -> world.create("v"),
                world -> world.services().changes().expand(World.volume("v"), SizeRange.exactly(ByteSize.ofGibi(2))),
                world -> {
                    assertThat(world.services()
                                    .records()
                                    .visible(World.volume("v"))
                                    .size())
                            .isEqualTo(ByteSize.ofGibi(2));
                    assertThat(world.hosts.recordOf(World.replica("v"))).contains("2Gi");
                });
    }

    private void publish(String name) {
        var _ = world.services()
                .attachments()
                .publish(new AttachmentRequest(
                        World.volume(name), new NodeId(World.NODE), AccessMode.SINGLE_NODE_WRITER, false));
    }
}
