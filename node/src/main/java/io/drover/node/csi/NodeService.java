package io.drover.node.csi;

import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import io.drover.core.model.VolumeId;
import io.drover.core.rpc.Unary;
import io.drover.csi.v1.NodeExpandVolumeRequest;
import io.drover.csi.v1.NodeExpandVolumeResponse;
import io.drover.csi.v1.NodeGetCapabilitiesRequest;
import io.drover.csi.v1.NodeGetCapabilitiesResponse;
import io.drover.csi.v1.NodeGetInfoRequest;
import io.drover.csi.v1.NodeGetInfoResponse;
import io.drover.csi.v1.NodeGetVolumeStatsRequest;
import io.drover.csi.v1.NodeGetVolumeStatsResponse;
import io.drover.csi.v1.NodeGrpc;
import io.drover.csi.v1.NodePublishVolumeRequest;
import io.drover.csi.v1.NodePublishVolumeResponse;
import io.drover.csi.v1.NodeStageVolumeRequest;
import io.drover.csi.v1.NodeStageVolumeResponse;
import io.drover.csi.v1.NodeUnpublishVolumeRequest;
import io.drover.csi.v1.NodeUnpublishVolumeResponse;
import io.drover.csi.v1.NodeUnstageVolumeRequest;
import io.drover.csi.v1.NodeUnstageVolumeResponse;
import io.drover.csi.v1.Topology;
import io.drover.node.stage.ExpandService;
import io.drover.node.stage.PublishService;
import io.drover.node.stage.StageParts;
import io.drover.node.stage.StageService;
import io.drover.node.stage.StatisticsService;
import io.grpc.stub.StreamObserver;

/** CSI's Node service of this host. */
public final class NodeService extends NodeGrpc.NodeImplBase {
    private final NodeId node;
    private final int maxVolumes;
    private final StageService staging;
    private final PublishService publishing;
    private final ExpandService expansion;
    private final StatisticsService statistics;

    /**
     * Serves one host.
     *
     * @param maxVolumes that may be attached at once; 0 = as the cluster likes
     */
    public NodeService(NodeId node, int maxVolumes, StageParts parts) {
        this.node = node;
        this.maxVolumes = maxVolumes;
        this.staging = new StageService(parts);
        this.publishing = new PublishService(parts);
        this.expansion = new ExpandService(parts);
        this.statistics = new StatisticsService(parts);
    }

    @Override
    public void nodeStageVolume(NodeStageVolumeRequest request, StreamObserver<NodeStageVolumeResponse> observer) {
        Unary.change(observer, () -> {
            staging.stage(NodeRequests.stage(request));
            return NodeStageVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void nodeUnstageVolume(
            NodeUnstageVolumeRequest request, StreamObserver<NodeUnstageVolumeResponse> observer) {
        Unary.change(observer, () -> {
            VolumeId volume = new VolumeId(request.getVolumeId());
            staging.unstage(volume, RequestPaths.parse("staging target path", request.getStagingTargetPath()));
            return NodeUnstageVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void nodePublishVolume(
            NodePublishVolumeRequest request, StreamObserver<NodePublishVolumeResponse> observer) {
        Unary.change(observer, () -> {
            publishing.publish(NodeRequests.publish(request));
            return NodePublishVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void nodeUnpublishVolume(
            NodeUnpublishVolumeRequest request, StreamObserver<NodeUnpublishVolumeResponse> observer) {
        Unary.change(observer, () -> {
            VolumeId volume = new VolumeId(request.getVolumeId());
            publishing.unpublish(volume, RequestPaths.parse("target path", request.getTargetPath()));
            return NodeUnpublishVolumeResponse.getDefaultInstance();
        });
    }

    @Override
    public void nodeExpandVolume(NodeExpandVolumeRequest request, StreamObserver<NodeExpandVolumeResponse> observer) {
        Unary.change(observer, () -> {
            VolumeId volume = new VolumeId(request.getVolumeId());
            ByteSize size = expansion.expand(
                    volume,
                    RequestPaths.parseKnown(volume, request.getVolumePath()),
                    NodeRequests.required(request.getCapacityRange()));
            return NodeExpandVolumeResponse.newBuilder()
                    .setCapacityBytes(size.bytes())
                    .build();
        });
    }

    @Override
    public void nodeGetVolumeStats(
            NodeGetVolumeStatsRequest request, StreamObserver<NodeGetVolumeStatsResponse> observer) {
        Unary.handle(observer, () -> {
            VolumeId volume = new VolumeId(request.getVolumeId());
            return NodeResponses.statistics(
                    statistics.of(volume, RequestPaths.parseKnown(volume, request.getVolumePath())));
        });
    }

    @Override
    public void nodeGetCapabilities(
            NodeGetCapabilitiesRequest request, StreamObserver<NodeGetCapabilitiesResponse> observer) {
        Unary.handle(observer, NodeResponses::capabilities);
    }

    @Override
    public void nodeGetInfo(NodeGetInfoRequest request, StreamObserver<NodeGetInfoResponse> observer) {
        Unary.handle(
                observer,
                () -> NodeGetInfoResponse.newBuilder()
                        .setNodeId(node.value())
                        .setMaxVolumesPerNode(maxVolumes)
                        .setAccessibleTopology(Topology.newBuilder().putSegments(ContextKeys.NODE, node.value()))
                        .build());
    }
}
