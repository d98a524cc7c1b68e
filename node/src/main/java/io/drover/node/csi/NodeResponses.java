package io.drover.node.csi;

import io.drover.csi.v1.NodeGetCapabilitiesResponse;
import io.drover.csi.v1.NodeGetVolumeStatsResponse;
import io.drover.csi.v1.NodeServiceCapability;
import io.drover.csi.v1.NodeServiceCapability.RPC.Type;
import io.drover.csi.v1.VolumeCondition;
import io.drover.csi.v1.VolumeUsage;
import io.drover.node.stage.VolumeStatistics;
import java.util.List;

/** Turns what our services answer into messages. Pure. */
final class NodeResponses {
    private static final List<Type> CAPABILITIES = List.of(
            Type.STAGE_UNSTAGE_VOLUME,
            Type.GET_VOLUME_STATS,
            Type.EXPAND_VOLUME,
            Type.VOLUME_CONDITION,
            Type.SINGLE_NODE_MULTI_WRITER,
            Type.VOLUME_MOUNT_GROUP);

    private NodeResponses() {}

    static NodeGetCapabilitiesResponse capabilities() {
        NodeGetCapabilitiesResponse.Builder response = NodeGetCapabilitiesResponse.newBuilder();
        for (Type type : CAPABILITIES) {
            response.addCapabilities(NodeServiceCapability.newBuilder()
                    .setRpc(NodeServiceCapability.RPC.newBuilder().setType(type)));
        }
        return response.build();
    }

    static NodeGetVolumeStatsResponse statistics(VolumeStatistics statistics) {
        NodeGetVolumeStatsResponse.Builder response =
                NodeGetVolumeStatsResponse.newBuilder().addUsage(usage(statistics.bytes(), VolumeUsage.Unit.BYTES));
        statistics.inodes().ifPresent(inodes -> response.addUsage(usage(inodes, VolumeUsage.Unit.INODES)));
        return response.setVolumeCondition(VolumeCondition.newBuilder()
                        .setAbnormal(statistics.problem().isPresent())
                        .setMessage(statistics.problem().orElse("healthy")))
                .build();
    }

    private static VolumeUsage usage(VolumeStatistics.Usage usage, VolumeUsage.Unit unit) {
        return VolumeUsage.newBuilder()
                .setUnit(unit)
                .setTotal(usage.total())
                .setUsed(usage.used().orElse(0L))
                .setAvailable(usage.available().orElse(0L))
                .build();
    }
}
