package io.drover.sandbox;

import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.ControllerPublishVolumeRequest;
import io.drover.csi.v1.ControllerUnpublishVolumeRequest;
import io.drover.csi.v1.NodeExpandVolumeRequest;
import io.drover.csi.v1.NodeGetInfoRequest;
import io.drover.csi.v1.NodeGetVolumeStatsRequest;
import io.drover.csi.v1.NodeGrpc;
import io.drover.csi.v1.NodePublishVolumeRequest;
import io.drover.csi.v1.NodeStageVolumeRequest;
import io.drover.csi.v1.NodeUnpublishVolumeRequest;
import io.drover.csi.v1.NodeUnstageVolumeRequest;
import io.drover.csi.v1.VolumeUsage;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The host's half of a CSI client: what Kubernetes' attacher and kubelet ask so that a pod finds its volume at a path. Keeps
 * staging and target paths below one directory, as the kubelet does.
 */
public final class Kubelet {
    private final ControllerGrpc.ControllerBlockingStub controller;
    private final NodeGrpc.NodeBlockingStub node;
    private final Path directory;

    /**
     * Makes a kubelet that knows nothing yet.
     *
     * @param channel gives every call its deadline
     * @param directory where volumes appear; made when needed
     */
    public Kubelet(Channel channel, Path directory) {
        this.controller = ControllerGrpc.newBlockingStub(channel);
        this.node = NodeGrpc.newBlockingStub(channel);
        this.directory = directory;
    }

    /** The path at which the pod would find the volume: a directory, or a device if it is a block volume. */
    public Path target(String volumeId) {
        return directory.resolve("pods").resolve(volumeId).resolve("volume");
    }

    /** ControllerPublish, NodeStage and NodePublish in one; returns {@link #target}. */
    public Path attach(TrialVolume volume) throws IOException {
        Map<String, String> context = publish(volume);
        stage(volume, context);
        return mount(volume, context);
    }

    /** NodeUnpublish, NodeUnstage and ControllerUnpublish in one. A volume that is not attached is a success. */
    public void detach(String volumeId) {
        unmount(volumeId);
        unstage(volumeId);
        unpublish(volumeId);
    }

    /** Attaches the volume to this host; returns the publish context. */
    public Map<String, String> publish(TrialVolume volume) {
        return controller
                .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                        .setVolumeId(volume.id())
                        .setNodeId(nodeId())
                        .setVolumeCapability(volume.capability())
                        .putAllVolumeContext(volume.context())
                        .build())
                .getPublishContextMap();
    }

    /** Makes the device and mounts it at the staging path. */
    public void stage(TrialVolume volume, Map<String, String> publishContext) throws IOException {
        node.nodeStageVolume(NodeStageVolumeRequest.newBuilder()
                .setVolumeId(volume.id())
                .putAllPublishContext(publishContext)
                .setStagingTargetPath(
                        Files.createDirectories(staging(volume.id())).toString())
                .setVolumeCapability(volume.capability())
                .putAllVolumeContext(volume.context())
                .build());
    }

    /** Mounts the staged volume at its target. */
    public Path mount(TrialVolume volume, Map<String, String> publishContext) throws IOException {
        Path target = target(volume.id());
        // The client makes the parent, the driver the target: CSI specification, NodePublishVolumeRequest.target_path.
        Files.createDirectories(directory.resolve("pods").resolve(volume.id()));
        node.nodePublishVolume(NodePublishVolumeRequest.newBuilder()
                .setVolumeId(volume.id())
                .putAllPublishContext(publishContext)
                .setStagingTargetPath(staging(volume.id()).toString())
                .setTargetPath(target.toString())
                .setVolumeCapability(volume.capability())
                .putAllVolumeContext(volume.context())
                .build());
        return target;
    }

    /** The host's half of growing a volume: device and file system. Returns the size then. */
    public long expand(TrialVolume volume) {
        return node.nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                        .setVolumeId(volume.id())
                        .setVolumePath(target(volume.id()).toString())
                        .setStagingTargetPath(staging(volume.id()).toString())
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(volume.sizeBytes()))
                        .setVolumeCapability(volume.capability())
                        .build())
                .getCapacityBytes();
    }

    /** Bytes of the mounted volume, as the driver tells them. */
    public VolumeUsage usage(String volumeId) {
        return node
                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId(volumeId)
                        .setVolumePath(target(volumeId).toString())
                        .setStagingTargetPath(staging(volumeId).toString())
                        .build())
                .getUsageList()
                .stream()
                .filter(usage -> usage.getUnit() == VolumeUsage.Unit.BYTES)
                .findFirst()
                .orElse(VolumeUsage.getDefaultInstance());
    }

    public void unmount(String volumeId) {
        node.nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                .setVolumeId(volumeId)
                .setTargetPath(target(volumeId).toString())
                .build());
    }

    public void unstage(String volumeId) {
        node.nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                .setVolumeId(volumeId)
                .setStagingTargetPath(staging(volumeId).toString())
                .build());
    }

    public void unpublish(String volumeId) {
        controller.controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                .setVolumeId(volumeId)
                .setNodeId(nodeId())
                .build());
    }

    private Path staging(String volumeId) {
        return directory.resolve("staging").resolve(volumeId);
    }

    private String nodeId() {
        return node.nodeGetInfo(NodeGetInfoRequest.getDefaultInstance()).getNodeId();
    }
}
