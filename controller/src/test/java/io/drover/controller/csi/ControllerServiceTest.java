package io.drover.controller.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.Wire;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.csi.v1.BlockMetadata;
import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerExpandVolumeRequest;
import io.drover.csi.v1.ControllerGetCapabilitiesRequest;
import io.drover.csi.v1.ControllerGetVolumeRequest;
import io.drover.csi.v1.ControllerModifyVolumeRequest;
import io.drover.csi.v1.ControllerPublishVolumeRequest;
import io.drover.csi.v1.ControllerServiceCapability.RPC.Type;
import io.drover.csi.v1.ControllerUnpublishVolumeRequest;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.CreateVolumeGroupSnapshotRequest;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.DeleteVolumeGroupSnapshotRequest;
import io.drover.csi.v1.DeleteVolumeRequest;
import io.drover.csi.v1.GetCapacityRequest;
import io.drover.csi.v1.GetMetadataAllocatedRequest;
import io.drover.csi.v1.GetMetadataDeltaRequest;
import io.drover.csi.v1.GetPluginCapabilitiesRequest;
import io.drover.csi.v1.GetSnapshotRequest;
import io.drover.csi.v1.GetVolumeGroupSnapshotRequest;
import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.ListVolumesRequest;
import io.drover.csi.v1.Topology;
import io.drover.csi.v1.TopologyRequirement;
import io.drover.csi.v1.ValidateVolumeCapabilitiesRequest;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeContentSource;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControllerServiceTest {
    private static final VolumeCapability MOUNT = capability(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER, "");
    private static final long GIBI = 1L << 30;

    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    private static VolumeCapability capability(VolumeCapability.AccessMode.Mode mode, String fsType) {
        return VolumeCapability.newBuilder()
                .setMount(VolumeCapability.MountVolume.newBuilder().setFsType(fsType))
                .setAccessMode(VolumeCapability.AccessMode.newBuilder().setMode(mode))
                .build();
    }

    private static VolumeCapability block() {
        return VolumeCapability.newBuilder()
                .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())
                .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                        .setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER))
                .build();
    }

    private static void assertStatus(Status.Code code, ThrowingCallable call, String... words) {
        Throwable failure = catchThrowable(call);
        assertThat(failure).isInstanceOf(StatusRuntimeException.class);
        assertThat(((StatusRuntimeException) failure).getStatus().getCode())
                .as(failure.getMessage())
                .isEqualTo(code);
        for (String word : words) {
            assertThat(failure).hasMessageContaining(word);
        }
    }

    private Volume create(String name, Consumer<CreateVolumeRequest.Builder> change) {
        CreateVolumeRequest.Builder request = CreateVolumeRequest.newBuilder()
                .setName(name)
                .addVolumeCapabilities(MOUNT)
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(GIBI));
        change.accept(request);
        return wire.controller().createVolume(request.build()).getVolume();
    }

    private Volume create(String name) {
        return create(name, request -> {});
    }

    private io.drover.csi.v1.Snapshot snapshot(String volume, String name, Map<String, String> parameters) {
        return wire.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setSourceVolumeId(volume)
                        .setName(name)
                        .putAllParameters(parameters)
                        .build())
                .getSnapshot();
    }

    private Map<String, String> publish(String volume, String node, VolumeCapability capability) {
        return wire.controller()
                .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                        .setVolumeId(volume)
                        .setNodeId(node)
                        .setVolumeCapability(capability)
                        .build())
                .getPublishContextMap();
    }

    @Test
    void capabilitiesAreExactlyTheseFourteen() {
        assertThat(wire
                        .controller()
                        .controllerGetCapabilities(ControllerGetCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList()
                        .stream()
                        .map(each -> each.getRpc().getType()))
                .containsExactlyInAnyOrder(
                        Type.CREATE_DELETE_VOLUME,
                        Type.PUBLISH_UNPUBLISH_VOLUME,
                        Type.LIST_VOLUMES,
                        Type.LIST_VOLUMES_PUBLISHED_NODES,
                        Type.GET_CAPACITY,
                        Type.CREATE_DELETE_SNAPSHOT,
                        Type.LIST_SNAPSHOTS,
                        Type.GET_SNAPSHOT,
                        Type.CLONE_VOLUME,
                        Type.EXPAND_VOLUME,
                        Type.GET_VOLUME,
                        Type.VOLUME_CONDITION,
                        Type.SINGLE_NODE_MULTI_WRITER,
                        Type.MODIFY_VOLUME);
        assertThat(wire.identity()
                        .getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesCount())
                .isEqualTo(5);
    }

    @Test
    void aVolumeThroughItsLife() {
        // Created
        Volume volume = create("v", request -> request.putParameters("mkfsParams", "-m 0"));
        assertThat(volume.getVolumeId()).isEqualTo("v");
        assertThat(volume.getCapacityBytes()).isEqualTo(GIBI);
        assertThat(volume.getVolumeContextMap())
                .isEqualTo(Map.of("drover.io/fs-type", "ext4", "drover.io/mkfs-params", "-m 0"));
        assertThat(volume.getAccessibleTopology(0).getSegmentsMap()).isEqualTo(Map.of("drover.io/node", World.NODE));

        // Published, and seen so
        Map<String, String> context = publish("v", World.NODE, MOUNT);
        assertThat(context).isEqualTo(Map.of("drover.io/leg.0", "local:" + World.DISK, "drover.io/epoch", "1"));
        assertThat(publish("v", World.NODE, MOUNT)).isEqualTo(context);
        var entry = wire.controller()
                .listVolumes(ListVolumesRequest.getDefaultInstance())
                .getEntries(0);
        assertThat(entry.getStatus().getPublishedNodeIdsList()).containsExactly(World.NODE);
        assertThat(entry.getStatus().getVolumeCondition().getAbnormal()).isFalse();
        assertThat(entry.getVolume()).isEqualTo(volume);
        assertStatus(
                Status.Code.FAILED_PRECONDITION,
                () -> wire.controller()
                        .deleteVolume(DeleteVolumeRequest.newBuilder()
                                .setVolumeId("v")
                                .build()),
                World.NODE);

        // Grown
        var expanded = wire.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * GIBI))
                        .setVolumeCapability(MOUNT)
                        .build());
        assertThat(expanded.getCapacityBytes()).isEqualTo(2 * GIBI);
        assertThat(expanded.getNodeExpansionRequired()).isTrue();

        // Taken back and deleted
        for (int i = 0; i < 2; i++) {
            var _ = wire.controller()
                    .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                            .setVolumeId("v")
                            .setNodeId(World.NODE)
                            .build());
        }
        for (int i = 0; i < 2; i++) {
            var _ = wire.controller()
                    .deleteVolume(
                            DeleteVolumeRequest.newBuilder().setVolumeId("v").build());
        }
        assertThat(wire.hosts.contents()).isEmpty();
        assertThat(wire.controller()
                        .listVolumes(ListVolumesRequest.getDefaultInstance())
                        .getEntriesCount())
                .isZero();
    }

    @Test
    void malformedCreations() {
        Status.Code invalid = Status.Code.INVALID_ARGUMENT;
        assertStatus(invalid, () -> create(""), "name");
        assertStatus(invalid, () -> create("a/b"), "name");
        assertStatus(invalid, () -> create("v", CreateVolumeRequest.Builder::clearVolumeCapabilities), "capabilities");
        assertStatus(invalid, () -> create("v", request -> request.addVolumeCapabilities(block())), "not both");
        assertStatus(
                invalid,
                () -> create(
                        "v",
                        request -> request.setVolumeCapabilities(
                                0, capability(VolumeCapability.AccessMode.Mode.MULTI_NODE_MULTI_WRITER, ""))),
                "ReadWriteOnce");
        assertStatus(
                invalid,
                () -> create(
                        "v",
                        request -> request.setVolumeCapabilities(
                                0, capability(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER, "ntfs"))),
                "ntfs");
        assertStatus(
                invalid,
                () -> create("v", request -> request.putParameters("numberOfReplica", "1")),
                "numberOfReplicas");
        assertStatus(invalid, () -> create("v", request -> request.putMutableParams("XXX", "1")), "XXX");
        assertStatus(
                invalid,
                () -> create(
                        "v",
                        request -> request.setCapacityRange(CapacityRange.newBuilder()
                                .setRequiredBytes(2 * GIBI)
                                .setLimitBytes(GIBI))),
                "limit");
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> create(
                        "v", request -> request.putParameters("fromBackup", "s3://b@r/?backup=backup-1&volume=pvc-1")),
                "backup");
        assertStatus(
                invalid,
                () -> create(
                        "v",
                        request -> request.putParameters("fromBackup", "s3://b@r/?backup=backup-1&volume=pvc-1")
                                .setVolumeContentSource(fromSnapshot("snap://x/y"))),
                "fromBackup");
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> create("v", request -> request.setVolumeContentSource(fromSnapshot("non-existing-snapshot-id"))));
        assertStatus(
                invalid, () -> create("v", request -> request.setVolumeContentSource(fromSnapshot("snap://../x"))));
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> create("v", request -> request.setVolumeContentSource(fromSnapshot("bak://pvc-1/backup-1"))));
        assertStatus(
                invalid, () -> create("v", request -> request.setVolumeContentSource(fromSnapshot("bak://pvc-1"))));
        assertStatus(
                Status.Code.UNIMPLEMENTED,
                () -> create("v", request -> request.setVolumeContentSource(fromSnapshot("bs://pvc-1/backup-1"))),
                "bak://");
        assertThat(wire.hosts.contents()).isEmpty();
        assertThat(wire.store.list(io.drover.core.model.Volume.class)).isEmpty();
    }

    private static VolumeContentSource fromSnapshot(String handle) {
        return VolumeContentSource.newBuilder()
                .setSnapshot(VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(handle))
                .build();
    }

    @Test
    void sizesAreRoundedDefaultedAndRaisedToWhatTheFileSystemNeeds() {
        assertThat(create("default", CreateVolumeRequest.Builder::clearCapacityRange)
                        .getCapacityBytes())
                .isEqualTo(GIBI);
        assertThat(create(
                                "odd",
                                request -> request.setCapacityRange(
                                        CapacityRange.newBuilder().setRequiredBytes(1)))
                        .getCapacityBytes())
                .isEqualTo(2 << 20);
        assertThat(create(
                                "xfs",
                                request -> request.setCapacityRange(
                                                CapacityRange.newBuilder().setRequiredBytes(1))
                                        .putParameters("fsType", "xfs"))
                        .getCapacityBytes())
                .isEqualTo(300 << 20);
        assertStatus(
                Status.Code.OUT_OF_RANGE,
                () -> create(
                        "none",
                        request -> request.setCapacityRange(
                                CapacityRange.newBuilder().setRequiredBytes(1).setLimitBytes(2))));
        assertStatus(
                Status.Code.OUT_OF_RANGE,
                () -> create(
                        "max",
                        request -> request.setCapacityRange(
                                CapacityRange.newBuilder().setRequiredBytes(Long.MAX_VALUE))));
        assertStatus(
                Status.Code.RESOURCE_EXHAUSTED,
                () -> create(
                        "big",
                        request -> request.setCapacityRange(
                                CapacityRange.newBuilder().setRequiredBytes(1L << 50))),
                "/disks/");
    }

    @Test
    void aCopyHasTheFileSystemOfItsSource() {
        // Given
        create("x", request -> request.putParameters("fsType", "xfs"));
        snapshot("x", "s", Map.of("type", "snap"));

        // When
        Volume copy = create("copy", request -> request.setVolumeContentSource(fromSnapshot("snap://x/s")));

        // Then
        assertThat(copy.getVolumeContextMap()).containsEntry("drover.io/fs-type", "xfs");
        assertThat(create("copy", request -> request.setVolumeContentSource(fromSnapshot("snap://x/s"))))
                .isEqualTo(copy);
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                () -> create(
                        "other",
                        request -> request.setVolumeContentSource(fromSnapshot("snap://x/s"))
                                .putParameters("csi.storage.k8s.io/fstype", "ext4")),
                "xfs");
    }

    @Test
    void topologyIsHonoured() {
        TopologyRequirement elsewhere = TopologyRequirement.newBuilder()
                .addRequisite(Topology.newBuilder().putSegments("drover.io/node", "elsewhere"))
                .build();
        assertStatus(
                Status.Code.RESOURCE_EXHAUSTED,
                () -> create("v", request -> request.setAccessibilityRequirements(elsewhere)),
                "drover.io/node");
        create("w");
        assertStatus(
                Status.Code.ALREADY_EXISTS,
                () -> create("w", request -> request.setAccessibilityRequirements(elsewhere)),
                "topology");
        assertThat(wire.controller()
                        .getCapacity(GetCapacityRequest.newBuilder()
                                .setAccessibleTopology(elsewhere.getRequisite(0))
                                .build())
                        .getAvailableCapacity())
                .isZero();
    }

    @Test
    void moreReplicasThanPlacesIsTold() {
        // Given
        create("v", request -> request.putParameters("numberOfReplicas", "3"));

        // When
        var status = wire.controller()
                .controllerGetVolume(
                        ControllerGetVolumeRequest.newBuilder().setVolumeId("v").build())
                .getStatus();

        // Then
        assertThat(status.getVolumeCondition().getAbnormal()).isTrue();
        assertThat(status.getVolumeCondition().getMessage()).startsWith("1 of 3 replicas: ");

        // Given
        var _ = wire.settings.set("allow-degraded-creation", "false");

        // When, Then
        assertStatus(
                Status.Code.RESOURCE_EXHAUSTED,
                () -> create("w", request -> request.putParameters("numberOfReplicas", "3")),
                "allow-degraded-creation");
    }

    @Test
    void aSilentAgentIsUnavailableAndShowsInTheCondition() {
        // Given
        create("v");
        wire.stopAgent();

        // When, Then
        assertStatus(Status.Code.UNAVAILABLE, () -> create("w"), World.NODE);
        assertStatus(
                Status.Code.UNAVAILABLE,
                () -> wire.controller()
                        .deleteVolume(DeleteVolumeRequest.newBuilder()
                                .setVolumeId("v")
                                .build()));
        assertStatus(
                Status.Code.UNAVAILABLE, () -> wire.controller().getCapacity(GetCapacityRequest.getDefaultInstance()));
        var condition = wire.controller()
                .listVolumes(ListVolumesRequest.getDefaultInstance())
                .getEntries(0)
                .getStatus()
                .getVolumeCondition();
        assertThat(condition.getAbnormal()).isTrue();
        assertThat(condition.getMessage()).contains(World.NODE);
    }

    @Test
    void publicationIsRefusedWithTheSpecifiedCodes() {
        create("v");
        create("b", request -> request.setVolumeCapabilities(0, block()));
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> publish("", World.NODE, MOUNT), "volume");
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> publish("v", "", MOUNT), "node");
        assertStatus(Status.Code.NOT_FOUND, () -> publish("v", "../n", MOUNT), "../n");
        assertStatus(Status.Code.NOT_FOUND, () -> publish("v", "node-9", MOUNT), "node-9");
        assertStatus(Status.Code.NOT_FOUND, () -> publish("none", World.NODE, MOUNT), "none");
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> publish("b", World.NODE, MOUNT), "block");
        publish("v", World.NODE, MOUNT);
        assertStatus(
                Status.Code.ALREADY_EXISTS,
                () -> publish(
                        "v", World.NODE, capability(VolumeCapability.AccessMode.Mode.SINGLE_NODE_READER_ONLY, "")));
        assertThat(publish("b", World.NODE, block())).isNotEmpty();
    }

    @Test
    void capabilitiesAreConfirmedOrExplained() {
        create("v");
        ValidateVolumeCapabilitiesRequest.Builder request = ValidateVolumeCapabilitiesRequest.newBuilder()
                .setVolumeId("v")
                .addVolumeCapabilities(MOUNT)
                .putVolumeContext("drover.io/fs-type", "ext4");
        assertThat(wire.controller()
                        .validateVolumeCapabilities(request.build())
                        .getConfirmed()
                        .getVolumeCapabilitiesList())
                .containsExactly(MOUNT);
        var refused = wire.controller()
                .validateVolumeCapabilities(
                        request.addVolumeCapabilities(block()).build());
        assertThat(refused.hasConfirmed()).isFalse();
        assertThat(refused.getMessage()).contains("mounted");
        var otherParameters = wire.controller()
                .validateVolumeCapabilities(request.removeVolumeCapabilities(1)
                        .putParameters("diskSelector", "ssd")
                        .build());
        assertThat(otherParameters.getMessage()).contains("diskSelector");
    }

    @Test
    void modificationAppliesWhollyOrNotAtAll() {
        create("v");
        var _ = wire.controller()
                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .putMutableParams("numberOfReplicas", "2")
                        .build());
        assertThat(wire.hosts.recordOf(World.replica("v"))).contains("numberOfReplicas=2");
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                () -> wire.controller()
                        .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                .setVolumeId("v")
                                .putMutableParams("numberOfReplicas", "3")
                                .putMutableParams("XXX", "y")
                                .build()));
        assertThat(wire.services
                        .records()
                        .visible(World.volume("v"))
                        .parameters()
                        .numberOfReplicas())
                .isEqualTo(2);
        assertStatus(
                Status.Code.NOT_FOUND,
                () -> wire.controller()
                        .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                .setVolumeId("none")
                                .build()));
    }

    @Test
    void capacityFollowsParameters() {
        var all = wire.controller().getCapacity(GetCapacityRequest.getDefaultInstance());
        assertThat(all.getAvailableCapacity()).isEqualTo(200 * GIBI);
        assertThat(all.getMaximumVolumeSize().getValue()).isEqualTo(200 * GIBI);
        assertThat(wire.controller()
                        .getCapacity(GetCapacityRequest.newBuilder()
                                .putParameters("diskSelector", "ssd")
                                .build())
                        .getAvailableCapacity())
                .isZero();
    }

    @Test
    void aSnapshotThroughItsLife() {
        // Given
        create("v");

        // Taken
        var snapshot = snapshot("v", "s", Map.of("type", "snap"));
        assertThat(snapshot.getSnapshotId()).isEqualTo("snap://v/s");
        assertThat(snapshot.getReadyToUse()).isTrue();
        assertThat(snapshot.getSizeBytes()).isEqualTo(GIBI);
        assertThat(snapshot.getCreationTime().getSeconds())
                .isEqualTo(wire.clock.instant().getEpochSecond());
        assertThat(snapshot("v", "t", Map.of("type", "snap", "csi.storage.k8s.io/volumesnapshot/name", "x"))
                        .getReadyToUse())
                .isTrue();
        assertStatus(Status.Code.INVALID_ARGUMENT, () -> snapshot("v", "u", Map.of("tpye", "snap")), "type");

        // Found
        assertThat(wire.controller()
                        .getSnapshot(GetSnapshotRequest.newBuilder()
                                .setSnapshotId("snap://v/s")
                                .build())
                        .getSnapshot())
                .isEqualTo(snapshot);
        assertThat(list(request -> {})).containsExactly("snap://v/s", "snap://v/t");
        assertThat(list(request -> request.setSnapshotId("snap://v/s"))).containsExactly("snap://v/s");
        assertThat(list(request -> request.setSnapshotId("none-exist-id"))).isEmpty();
        assertThat(list(request -> request.setSourceVolumeId("none"))).isEmpty();
        assertStatus(Status.Code.ABORTED, () -> list(request -> request.setStartingToken("invalid-token")), "token");

        // Restored, larger
        Volume restored = create(
                "r",
                request -> request.setVolumeContentSource(fromSnapshot("snap://v/s"))
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * GIBI)));
        assertThat(restored.getContentSource().getSnapshot().getSnapshotId()).isEqualTo("snap://v/s");

        // Deleted
        for (String id : List.of(
                "snap://v/s", "snap://v/s", "reallyfakesnapshotid", "snap://", "bak://", "bak://pvc-1/backup-1")) {
            var _ = wire.controller()
                    .deleteSnapshot(
                            DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
        }
        assertThat(list(request -> {})).containsExactly("snap://v/t");
    }

    private List<String> list(Consumer<ListSnapshotsRequest.Builder> change) {
        ListSnapshotsRequest.Builder request = ListSnapshotsRequest.newBuilder();
        change.accept(request);
        return wire.controller().listSnapshots(request.build()).getEntriesList().stream()
                .map(entry -> entry.getSnapshot().getSnapshotId())
                .toList();
    }

    @Test
    void aGroupThroughItsLife() {
        // Given
        create("a");
        create("b");

        // When
        var group = wire.groups()
                .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                        .setName("g")
                        .addSourceVolumeIds("a")
                        .addSourceVolumeIds("b")
                        .build())
                .getGroupSnapshot();

        // Then
        assertThat(group.getReadyToUse()).isTrue();
        assertThat(group.getSnapshotsList())
                .extracting(io.drover.csi.v1.Snapshot::getGroupSnapshotId)
                .containsExactly("g", "g");
        assertThat(wire.groups()
                        .getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.newBuilder()
                                .setGroupSnapshotId("g")
                                .addSnapshotIds("snap://b/g")
                                .addSnapshotIds("snap://a/g")
                                .build())
                        .getGroupSnapshot())
                .isEqualTo(group);
        assertStatus(
                Status.Code.INVALID_ARGUMENT,
                () -> wire.groups()
                        .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                                .setGroupSnapshotId("g")
                                .addSnapshotIds("snap://b/g")
                                .build()));
        var _ = wire.groups()
                .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                        .setGroupSnapshotId("g")
                        .build());
        assertThat(wire.hosts.contents()).containsExactly("a", "b");
    }

    @Test
    void changedBlocksAreStreamed() {
        // Given
        create("v");
        for (long block = 0; block < 6; block += 2) {
            wire.hosts.write(World.replica("v"), block, "first");
        }
        snapshot("v", "s", Map.of("type", "snap"));
        wire.clock.advance(java.time.Duration.ofSeconds(1));
        wire.hosts.write(World.replica("v"), 4, "second");
        snapshot("v", "t", Map.of("type", "snap"));

        // When
        List<Integer> counts = new ArrayList<>();
        wire.metadata()
                .getMetadataAllocated(GetMetadataAllocatedRequest.newBuilder()
                        .setSnapshotId("snap://v/s")
                        .setMaxResults(2)
                        .build())
                .forEachRemaining(message -> counts.add(message.getBlockMetadataCount()));
        List<BlockMetadata> delta = new ArrayList<>();
        wire.metadata()
                .getMetadataDelta(GetMetadataDeltaRequest.newBuilder()
                        .setBaseSnapshotId("snap://v/s")
                        .setTargetSnapshotId("snap://v/t")
                        .build())
                .forEachRemaining(message -> {
                    assertThat(message.getVolumeCapacityBytes()).isEqualTo(GIBI);
                    delta.addAll(message.getBlockMetadataList());
                });

        // Then
        assertThat(counts).containsExactly(2, 1);
        assertThat(delta)
                .containsExactly(BlockMetadata.newBuilder()
                        .setByteOffset(4 * 4096)
                        .setSizeBytes(4096)
                        .build());
    }

    @Test
    void anUnexpectedFailureOfAChangeAsksToCallAgainAndNothingIsLeft() {
        // Given
        wire.hosts.failNext("createReplica", Moment.AFTER, ErrorCode.INTERNAL);

        // When, Then
        assertStatus(Status.Code.ABORTED, () -> create("v"));
        assertThat(wire.hosts.contents()).isEmpty();
    }
}
