package io.drover.e2e.csi;

import static io.drover.e2e.csi.BadRequest.invalid;
import static io.drover.e2e.csi.BadRequest.notFound;
import static io.drover.e2e.csi.BadRequest.outOfRange;

import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerExpandVolumeRequest;
import io.drover.csi.v1.ControllerGetVolumeRequest;
import io.drover.csi.v1.ControllerPublishVolumeRequest;
import io.drover.csi.v1.ControllerUnpublishVolumeRequest;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.CreateVolumeGroupSnapshotRequest;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.DeleteVolumeGroupSnapshotRequest;
import io.drover.csi.v1.GetMetadataAllocatedRequest;
import io.drover.csi.v1.GetMetadataDeltaRequest;
import io.drover.csi.v1.GetSnapshotRequest;
import io.drover.csi.v1.GetVolumeGroupSnapshotRequest;
import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.ListVolumesRequest;
import io.drover.csi.v1.ValidateVolumeCapabilitiesRequest;
import io.drover.e2e.fixture.Capabilities;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Calls to the controller, group and metadata services, other than making a volume, that must be refused. */
final class BadCalls {
    private static final long MEBI = 1L << 20;
    private static final String SNAPSHOT = "snap://good/good-snap";

    private BadCalls() {}

    static List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>();
        all.addAll(snapshots());
        all.addAll(attachments());
        all.addAll(lists());
        all.addAll(groups());
        all.addAll(metadata());
        return all;
    }

    private static List<BadRequest> snapshots() {
        return List.of(
                snapshot("a snapshot without a name", "", "good", Status.Code.INVALID_ARGUMENT, "name"),
                snapshot("a snapshot without a volume", "bad-snap", "", Status.Code.INVALID_ARGUMENT, "volume"),
                snapshot("a snapshot that climbs", "../../x", "good", Status.Code.INVALID_ARGUMENT, "name"),
                snapshot("a snapshot's long name", "s".repeat(129), "good", Status.Code.INVALID_ARGUMENT, "128"),
                snapshot("a snapshot of a path", "bad-snap", "../good", Status.Code.INVALID_ARGUMENT, "name"),
                snapshot("a snapshot of nothing", "bad-snap", "none", Status.Code.NOT_FOUND, "none"),
                snapshot(
                        "a snapshot's name of another volume",
                        "good-snap",
                        "other",
                        Status.Code.ALREADY_EXISTS,
                        "good"),
                invalid(
                        "deleting a snapshot without id",
                        "snapshot",
                        csi -> csi.controller().deleteSnapshot(DeleteSnapshotRequest.getDefaultInstance())),
                invalid(
                        "getting a snapshot without id",
                        "snapshot",
                        csi -> csi.controller().getSnapshot(GetSnapshotRequest.getDefaultInstance())),
                notFound(
                        "getting a snapshot that is not there",
                        "good/none",
                        csi -> csi.controller()
                                .getSnapshot(GetSnapshotRequest.newBuilder()
                                        .setSnapshotId("snap://good/none")
                                        .build())));
    }

    private static List<BadRequest> attachments() {
        return List.of(
                attach("attaching without a volume", "", "n", Status.Code.INVALID_ARGUMENT, "volume"),
                attach("attaching without a node", "good", "", Status.Code.INVALID_ARGUMENT, "node"),
                attach("attaching a volume that is not there", "none", "n", Status.Code.NOT_FOUND, "none"),
                attach(
                        "attaching to a node that is not there",
                        "good",
                        "elsewhere",
                        Status.Code.NOT_FOUND,
                        "elsewhere"),
                attach("attaching to a node that is a path", "good", "../n", Status.Code.NOT_FOUND, "../n"),
                invalid(
                        "attaching without a capability",
                        "capability",
                        csi -> csi.controller()
                                .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                                        .setVolumeId("good")
                                        .setNodeId(csi.nodeId())
                                        .build())),
                invalid(
                        "detaching without a volume",
                        "volume",
                        csi -> csi.controller()
                                .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.getDefaultInstance())),
                expand("growing without a volume", "", 128 * MEBI, 0, Status.Code.INVALID_ARGUMENT, "volume"),
                expand("growing what is not there", "none", 128 * MEBI, 0, Status.Code.NOT_FOUND, "none"),
                expand("growing without bounds", "good", Long.MAX_VALUE, 0, Status.Code.OUT_OF_RANGE, "larger"),
                expand("growing by a negative size", "good", -5, 0, Status.Code.OUT_OF_RANGE, "negative"),
                expand("growing to a limit below it", "good", 0, 32 * MEBI, Status.Code.OUT_OF_RANGE, "smaller"),
                invalid(
                        "growing without a size",
                        "capacity",
                        csi -> csi.controller()
                                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                                        .setVolumeId("good")
                                        .build())),
                invalid(
                        "validating without a volume",
                        "volume",
                        csi -> csi.controller()
                                .validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                                        .addVolumeCapabilities(Capabilities.block())
                                        .build())),
                invalid(
                        "validating nothing",
                        "capabilit",
                        csi -> csi.controller()
                                .validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                                        .setVolumeId("good")
                                        .build())),
                notFound(
                        "validating what is not there",
                        "none",
                        csi -> csi.controller()
                                .validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                                        .setVolumeId("none")
                                        .addVolumeCapabilities(Capabilities.block())
                                        .build())),
                invalid(
                        "getting a volume without id",
                        "volume",
                        csi -> csi.controller().controllerGetVolume(ControllerGetVolumeRequest.getDefaultInstance())),
                notFound(
                        "getting a volume that is not there",
                        "none",
                        csi -> csi.controller()
                                .controllerGetVolume(ControllerGetVolumeRequest.newBuilder()
                                        .setVolumeId("none")
                                        .build())));
    }

    private static List<BadRequest> lists() {
        return List.of(
                invalid(
                        "a negative page of volumes",
                        "max_entries",
                        csi -> csi.controller()
                                .listVolumes(ListVolumesRequest.newBuilder()
                                        .setMaxEntries(-1)
                                        .build())),
                invalid(
                        "a negative page of snapshots",
                        "max_entries",
                        csi -> csi.controller()
                                .listSnapshots(ListSnapshotsRequest.newBuilder()
                                        .setMaxEntries(-1)
                                        .build())),
                new BadRequest(
                        "a token for volumes that we did not give",
                        Status.Code.ABORTED,
                        "token",
                        csi -> csi.controller()
                                .listVolumes(ListVolumesRequest.newBuilder()
                                        .setStartingToken("../%00")
                                        .build())),
                new BadRequest(
                        "a token for snapshots that we did not give",
                        Status.Code.ABORTED,
                        "token",
                        csi -> csi.controller()
                                .listSnapshots(ListSnapshotsRequest.newBuilder()
                                        .setStartingToken("../%00")
                                        .build())));
    }

    private static List<BadRequest> groups() {
        return List.of(
                group("a group without a name", "", List.of("good"), Status.Code.INVALID_ARGUMENT, "name"),
                group("a group without members", "bad-group", List.of(), Status.Code.INVALID_ARGUMENT, "volume"),
                group("a group that climbs", "../g", List.of("good"), Status.Code.INVALID_ARGUMENT, "name"),
                group(
                        "a group with a member twice",
                        "bad-group",
                        List.of("good", "good"),
                        Status.Code.INVALID_ARGUMENT,
                        "twice"),
                group(
                        "a group with a member that is not there",
                        "bad-group",
                        List.of("good", "none"),
                        Status.Code.NOT_FOUND,
                        "none"),
                group(
                        "a group with 5,000 members that are not there",
                        "bad-group",
                        IntStream.range(0, 5000).mapToObj(i -> "none-" + i).toList(),
                        Status.Code.NOT_FOUND,
                        "none-0"),
                invalid(
                        "deleting a group without id",
                        "group",
                        csi -> csi.groups()
                                .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.getDefaultInstance())),
                invalid(
                        "getting a group without id",
                        "group",
                        csi -> csi.groups().getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.getDefaultInstance())),
                notFound(
                        "getting a group that is not there",
                        "none",
                        csi -> csi.groups()
                                .getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.newBuilder()
                                        .setGroupSnapshotId("none")
                                        .build())));
    }

    private static List<BadRequest> metadata() {
        return List.of(
                allocated("blocks of no snapshot", "", 0, 0, Status.Code.INVALID_ARGUMENT, "snapshot"),
                allocated("blocks of a malformed handle", "snap://x", 0, 0, Status.Code.INVALID_ARGUMENT, "snap"),
                allocated("blocks of what is not there", "snap://good/none", 0, 0, Status.Code.NOT_FOUND, "good/none"),
                allocated("blocks from a negative offset", SNAPSHOT, -1, 0, Status.Code.OUT_OF_RANGE, "offset"),
                allocated("blocks from behind the end", SNAPSHOT, 1L << 60, 0, Status.Code.OUT_OF_RANGE, "offset"),
                allocated("a negative number of blocks", SNAPSHOT, 0, -1, Status.Code.INVALID_ARGUMENT, "max_results"),
                delta("changes without a target", SNAPSHOT, "", Status.Code.INVALID_ARGUMENT, "target"),
                delta("changes without a base", "", SNAPSHOT, Status.Code.INVALID_ARGUMENT, "base"),
                delta(
                        "changes since what is not there",
                        "snap://good/none",
                        SNAPSHOT,
                        Status.Code.NOT_FOUND,
                        "good/none"),
                delta(
                        "changes across volumes",
                        "snap://other/other-snap",
                        SNAPSHOT,
                        Status.Code.INVALID_ARGUMENT,
                        "volume"));
    }

    private static BadRequest snapshot(String title, String name, String volume, Status.Code code, String remedy) {
        return new BadRequest(
                title,
                code,
                remedy,
                csi -> csi.controller()
                        .createSnapshot(CreateSnapshotRequest.newBuilder()
                                .setName(name)
                                .setSourceVolumeId(volume)
                                .putParameters("type", "snap")
                                .build()));
    }

    private static BadRequest attach(String title, String volume, String node, Status.Code code, String remedy) {
        return new BadRequest(
                title,
                code,
                remedy,
                csi -> csi.controller()
                        .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                                .setVolumeId(volume)
                                .setNodeId(node.equals("n") ? csi.nodeId() : node)
                                .setVolumeCapability(Capabilities.mount("ext4"))
                                .build()));
    }

    private static BadRequest expand(
            String title, String volume, long required, long limit, Status.Code code, String remedy) {
        BadRequest request = new BadRequest(
                title,
                code,
                remedy,
                csi -> csi.controller()
                        .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                                .setVolumeId(volume)
                                .setCapacityRange(CapacityRange.newBuilder()
                                        .setRequiredBytes(required)
                                        .setLimitBytes(limit))
                                .build()));
        return code == Status.Code.OUT_OF_RANGE ? outOfRange(title, remedy, request.call()) : request;
    }

    private static BadRequest group(String title, String name, List<String> members, Status.Code code, String remedy) {
        return new BadRequest(
                title,
                code,
                remedy,
                csi -> csi.groups()
                        .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                                .setName(name)
                                .addAllSourceVolumeIds(members)
                                .putParameters("type", "snap")
                                .build()));
    }

    private static BadRequest allocated(
            String title, String snapshot, long offset, int results, Status.Code code, String remedy) {
        return new BadRequest(
                title,
                code,
                remedy,
                csi -> csi.metadata()
                        .getMetadataAllocated(GetMetadataAllocatedRequest.newBuilder()
                                .setSnapshotId(snapshot)
                                .setStartingOffset(offset)
                                .setMaxResults(results)
                                .build())
                        .forEachRemaining(part -> {}));
    }

    private static BadRequest delta(String title, String base, String target, Status.Code code, String remedy) {
        return new BadRequest(
                title,
                code,
                remedy,
                csi -> csi.metadata()
                        .getMetadataDelta(GetMetadataDeltaRequest.newBuilder()
                                .setBaseSnapshotId(base)
                                .setTargetSnapshotId(target)
                                .build())
                        .forEachRemaining(part -> {}));
    }
}
