package io.drover.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.attachment.AttachmentRequest;
import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.World;
import io.drover.controller.host.ReplicaUser;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import org.junit.jupiter.api.Test;

class VolumeRevertTest {
    private static final SnapshotId TARGET = new SnapshotId(World.volume("v"), "s");
    private final World world = new World();

    private static void given(World world) {
        world.create("v");
        world.hosts.write(World.replica("v"), 0, "old");
        world.snapshot("v", "s");
        world.hosts.write(World.replica("v"), 0, "new");
    }

    private static void publish(World world) {
        var _ = world.services()
                .attachments()
                .publish(new AttachmentRequest(
                        World.volume("v"), new NodeId(World.NODE), AccessMode.SINGLE_NODE_WRITER, false));
    }

    @Test
    void revertedVolumeHoldsTheSnapshotAndTheOldContentIsKept() {
        // Given
        given(world);

        // When
        Snapshot safety = world.services().reverts().revert(TARGET);

        // Then
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("old");
        assertThat(safety.origin()).isEqualTo(SnapshotOrigin.SAFETY);
        assertThat(safety.state()).isEqualTo(SnapshotState.READY);
        var _ = world.services().reverts().revert(safety.id());
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("new");
    }

    @Test
    void attachedVolumeIsNotRevertedAndTheMessageNamesNodeAndPod() {
        // Given
        given(world);
        publish(world);
        world.hosts.attach(World.replica("v"), new ReplicaUser("/target", "shop/db-0"));

        // When, Then
        Expect.code(ErrorCode.IN_USE, () -> world.services().reverts().revert(TARGET), World.NODE, "shop/db-0");
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("new");
    }

    @Test
    void stagedVolumeIsRefusedByItsHostAndNothingStaysBehind() {
        // Given: the record says detached, the host knows better
        given(world);
        world.hosts.attach(World.replica("v"));

        // When, Then
        Expect.code(ErrorCode.IN_USE, () -> world.services().reverts().revert(TARGET));
        assertThat(world.recorded()).containsExactly("v:READY", "v@s:READY");
    }

    @Test
    void aNearlyFullDiskIsNoReasonAgainstARevert() {
        // Given
        given(world);
        world.hosts.available(World.DISK, ByteSize.ofGibi(1));

        // When
        var _ = world.services().reverts().revert(TARGET);

        // Then
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("old");
    }

    @Test
    void absentSnapshotOrVolume() {
        // Given
        given(world);

        // When, Then
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services().reverts().revert(new SnapshotId(World.volume("v"), "none")),
                "none");
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services().reverts().revert(new SnapshotId(World.volume("none"), "s")),
                "none");
    }

    @Test
    void revertSurvivesACrashAnywhere() {
        var points = World.crashEverywhere(
                VolumeRevertTest::given, world -> world.services().reverts().revert(TARGET), world -> {
                    assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("old");
                    assertThat(world.recorded())
                            .containsExactly("v:READY", "v@before-revert-20261123-120000:READY", "v@s:READY");
                });
        assertThat(points).contains("volume-revert.recorded", "volume-revert.swapped");
    }

    @Test
    void aRevertOfUnknownOutcomeIsFinishedBeforeTheVolumeIsUsed() {
        // Given
        given(world);
        world.hosts.failNext("revert", Moment.BEFORE, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> world.services().reverts().revert(TARGET));

        // When
        publish(world);

        // Then
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("old");
    }

    @Test
    void revertToATimeBeforeAnExpansionKeepsTheSize() {
        // Given
        given(world);
        var _ = world.services().changes().expand(World.volume("v"), SizeRange.exactly(ByteSize.ofGibi(2)));

        // When
        var _ = world.services().reverts().revert(TARGET);

        // Then
        assertThat(world.hosts.replica(World.replica("v")).size()).isEqualTo(ByteSize.ofGibi(2));
    }
}
