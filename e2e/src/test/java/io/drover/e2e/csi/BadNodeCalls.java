package io.drover.e2e.csi;

import static io.drover.e2e.csi.BadRequest.invalid;
import static io.drover.e2e.csi.BadRequest.notFound;

import io.drover.csi.v1.NodeExpandVolumeRequest;
import io.drover.csi.v1.NodeGetVolumeStatsRequest;
import io.drover.csi.v1.NodePublishVolumeRequest;
import io.drover.csi.v1.NodeStageVolumeRequest;
import io.drover.csi.v1.NodeUnpublishVolumeRequest;
import io.drover.csi.v1.NodeUnstageVolumeRequest;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeCapability.AccessMode.Mode;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Node calls that must be refused. None of them may mount, attach or make anything. */
final class BadNodeCalls {
    private final Path directory;

    /** Paths of the calls lie below this directory. */
    BadNodeCalls(Path directory) {
        this.directory = directory;
    }

    List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>();
        all.addAll(staging());
        all.addAll(publishing());
        all.addAll(rest());
        return all;
    }

    private List<BadRequest> staging() {
        List<BadRequest> all = new ArrayList<>();
        all.add(stage("staging without a volume", "volume", NodeStageVolumeRequest.Builder::clearVolumeId));
        all.add(stage("staging without a path", "staging", NodeStageVolumeRequest.Builder::clearStagingTargetPath));
        all.add(stage(
                "staging without a capability", "capability", NodeStageVolumeRequest.Builder::clearVolumeCapability));
        all.add(stage("staging at a relative path", "absolute", request -> request.setStagingTargetPath("var/x")));
        all.add(stage(
                "staging at a path that climbs",
                "..",
                request -> request.setStagingTargetPath(directory + "/../../etc")));
        all.add(stage("staging at a path with a NUL", "path", request -> request.setStagingTargetPath("/tmp/a\0b")));
        all.add(stage("staging a volume's name that climbs", "name", request -> request.setVolumeId("../good")));

        all.add(new BadRequest(
                "staging a leg of an unknown kind",
                Status.Code.UNIMPLEMENTED,
                "leg",
                csi -> stage(csi, request -> request.putPublishContext("drover.io/leg.0", "pigeon:coop"))));
        all.add(stage(
                "staging a leg on a path",
                "disk id",
                request -> request.putPublishContext("drover.io/leg.0", "local:../../etc")));
        all.add(stage(
                "staging with unknown file system",
                "ext4",
                request -> request.setVolumeCapability(Capabilities.mount("ntfs"))));
        all.add(new BadRequest(
                "staging for several nodes",
                Status.Code.FAILED_PRECONDITION,
                "access mode",
                csi -> stage(
                        csi,
                        request -> request.setVolumeCapability(Capabilities.mount("ext4").toBuilder()
                                .setAccessMode(Capabilities.mode(Mode.MULTI_NODE_MULTI_WRITER))
                                .build()))));
        all.add(stage(
                "staging without access type",
                "block",
                request -> request.setVolumeCapability(VolumeCapability.newBuilder()
                        .setAccessMode(Capabilities.mode(Mode.SINGLE_NODE_WRITER))
                        .build())));
        all.add(new BadRequest(
                "staging from a disk that is not there",
                Status.Code.UNAVAILABLE,
                "disk",
                csi -> stage(csi, request -> request.setVolumeId("none"))));
        return all;
    }

    private List<BadRequest> publishing() {
        return List.of(
                publish("publishing without a volume", "volume", NodePublishVolumeRequest.Builder::clearVolumeId),
                publish("publishing without a target", "target", NodePublishVolumeRequest.Builder::clearTargetPath),
                publish(
                        "publishing without a capability",
                        "capability",
                        NodePublishVolumeRequest.Builder::clearVolumeCapability),
                publish("publishing at a relative path", "absolute", request -> request.setTargetPath("x")),
                publish(
                        "publishing at a path that climbs",
                        "..",
                        request -> request.setTargetPath(directory + "/../../etc/x")),
                new BadRequest(
                        "publishing without staging path",
                        Status.Code.FAILED_PRECONDITION,
                        "stag",
                        csi -> publish(csi, NodePublishVolumeRequest.Builder::clearStagingTargetPath)),
                new BadRequest(
                        "publishing what is not staged",
                        Status.Code.FAILED_PRECONDITION,
                        "stag",
                        csi -> publish(csi, request -> {})));
    }

    private List<BadRequest> rest() {
        return List.of(
                invalid(
                        "unpublishing without a volume",
                        "volume",
                        csi -> csi.node()
                                .nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                                        .setTargetPath(directory + "/x")
                                        .build())),
                invalid(
                        "unpublishing without a path",
                        "target",
                        csi -> csi.node()
                                .nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                                        .setVolumeId("good")
                                        .build())),
                invalid(
                        "unstaging without a volume",
                        "volume",
                        csi -> csi.node()
                                .nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                                        .setStagingTargetPath(directory + "/x")
                                        .build())),
                invalid(
                        "unstaging without a path",
                        "staging",
                        csi -> csi.node()
                                .nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                                        .setVolumeId("good")
                                        .build())),
                invalid(
                        "unstaging somebody's directory that climbs",
                        "..",
                        csi -> csi.node()
                                .nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                                        .setVolumeId("good")
                                        .setStagingTargetPath(directory + "/../../etc")
                                        .build())),
                invalid(
                        "usage without a volume",
                        "volume",
                        csi -> csi.node()
                                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                                        .setVolumePath("/x")
                                        .build())),
                invalid(
                        "usage without a path",
                        "path",
                        csi -> csi.node()
                                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                                        .setVolumeId("good")
                                        .build())),
                notFound(
                        "usage at a path that is not there",
                        "published at",
                        csi -> csi.node()
                                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                                        .setVolumeId("good")
                                        .setVolumePath(directory + "/none")
                                        .build())),
                invalid(
                        "growing on the node without a volume",
                        "volume",
                        csi -> csi.node()
                                .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                                        .setVolumePath("/x")
                                        .build())),
                invalid(
                        "growing on the node without a path",
                        "path",
                        csi -> csi.node()
                                .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                                        .setVolumeId("good")
                                        .build())),
                notFound(
                        "growing on the node what is not there",
                        "none",
                        csi -> csi.node()
                                .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                                        .setVolumeId("none")
                                        .setVolumePath(directory + "/none")
                                        .build())));
    }

    private BadRequest stage(String title, String remedy, Consumer<NodeStageVolumeRequest.Builder> change) {
        return invalid(title, remedy, csi -> stage(csi, change));
    }

    private void stage(CsiClient csi, Consumer<NodeStageVolumeRequest.Builder> change) {
        NodeStageVolumeRequest.Builder request = NodeStageVolumeRequest.newBuilder()
                .setVolumeId("good")
                .putPublishContext("drover.io/leg.0", "local:00000000-0000-4000-8000-000000000000")
                .putPublishContext("drover.io/epoch", "1")
                .setStagingTargetPath(directory + "/staging")
                .setVolumeCapability(Capabilities.mount("ext4"));
        change.accept(request);
        var unused = csi.node().nodeStageVolume(request.build());
    }

    private BadRequest publish(String title, String remedy, Consumer<NodePublishVolumeRequest.Builder> change) {
        return invalid(title, remedy, csi -> publish(csi, change));
    }

    private void publish(CsiClient csi, Consumer<NodePublishVolumeRequest.Builder> change) {
        NodePublishVolumeRequest.Builder request = NodePublishVolumeRequest.newBuilder()
                .setVolumeId("good")
                .setStagingTargetPath(directory + "/staging")
                .setTargetPath(directory + "/target")
                .setVolumeCapability(Capabilities.mount("ext4"));
        change.accept(request);
        var unused = csi.node().nodePublishVolume(request.build());
    }
}
