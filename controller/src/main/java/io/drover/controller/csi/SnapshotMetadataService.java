package io.drover.controller.csi;

import io.drover.controller.metadata.ChangedBlocks;
import io.drover.controller.metadata.ChangedBlocks.Window;
import io.drover.core.model.ByteRange;
import io.drover.core.model.SnapshotId;
import io.drover.core.rpc.ServerStream;
import io.drover.csi.v1.BlockMetadata;
import io.drover.csi.v1.BlockMetadataType;
import io.drover.csi.v1.GetMetadataAllocatedRequest;
import io.drover.csi.v1.GetMetadataAllocatedResponse;
import io.drover.csi.v1.GetMetadataDeltaRequest;
import io.drover.csi.v1.GetMetadataDeltaResponse;
import io.drover.csi.v1.SnapshotMetadataGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** CSI's SnapshotMetadata service: ranges of various lengths, streamed as fast as the client takes them. */
public final class SnapshotMetadataService extends SnapshotMetadataGrpc.SnapshotMetadataImplBase {
    private final ChangedBlocks blocks;

    public SnapshotMetadataService(ChangedBlocks blocks) {
        this.blocks = blocks;
    }

    @Override
    public void getMetadataAllocated(
            GetMetadataAllocatedRequest request, StreamObserver<GetMetadataAllocatedResponse> observer) {
        ServerStream.handle(observer, stream -> {
            SnapshotId id = SnapshotHandles.require("snapshot_id", request.getSnapshotId());
            Window window = new Window(request.getStartingOffset(), request.getMaxResults());
            blocks.allocated(
                    id,
                    window,
                    (capacity, ranges) -> stream.send(GetMetadataAllocatedResponse.newBuilder()
                            .setBlockMetadataType(BlockMetadataType.VARIABLE_LENGTH)
                            .setVolumeCapacityBytes(capacity.bytes())
                            .addAllBlockMetadata(messages(ranges))
                            .build()));
        });
    }

    @Override
    public void getMetadataDelta(GetMetadataDeltaRequest request, StreamObserver<GetMetadataDeltaResponse> observer) {
        ServerStream.handle(observer, stream -> {
            SnapshotId base = SnapshotHandles.require("base_snapshot_id", request.getBaseSnapshotId());
            SnapshotId target = SnapshotHandles.require("target_snapshot_id", request.getTargetSnapshotId());
            Window window = new Window(request.getStartingOffset(), request.getMaxResults());
            blocks.delta(
                    base,
                    target,
                    window,
                    (capacity, ranges) -> stream.send(GetMetadataDeltaResponse.newBuilder()
                            .setBlockMetadataType(BlockMetadataType.VARIABLE_LENGTH)
                            .setVolumeCapacityBytes(capacity.bytes())
                            .addAllBlockMetadata(messages(ranges))
                            .build()));
        });
    }

    private static List<BlockMetadata> messages(List<ByteRange> ranges) {
        return ranges.stream()
                .map(range -> BlockMetadata.newBuilder()
                        .setByteOffset(range.offset())
                        .setSizeBytes(range.length())
                        .build())
                .toList();
    }
}
