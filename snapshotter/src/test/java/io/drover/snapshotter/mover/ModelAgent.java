package io.drover.snapshotter.mover;

import io.drover.core.rpc.ServerStream;
import io.drover.core.rpc.Unary;
import io.drover.proto.agent.v1.AgentGrpc;
import io.drover.proto.agent.v1.ListExtentsRequest;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.LocateImageRequest;
import io.drover.proto.agent.v1.LocateImageResponse;
import io.drover.proto.agent.v1.ReplicaId;
import io.drover.proto.agent.v1.SealReplicaRequest;
import io.drover.proto.agent.v1.SealReplicaResponse;
import io.drover.snapshotter.image.ImageLocation;
import io.drover.snapshotter.image.ModelImages;
import io.drover.snapshotter.image.ReplicaAddress;
import io.grpc.stub.StreamObserver;
import java.util.Optional;

/** What the mover asks of an agent, answered from model images; one range in each message. */
final class ModelAgent extends AgentGrpc.AgentImplBase {
    private final ModelImages images;

    ModelAgent(ModelImages images) {
        this.images = images;
    }

    @Override
    public void locateImage(LocateImageRequest request, StreamObserver<LocateImageResponse> observer) {
        Unary.handle(observer, () -> {
            ReplicaAddress replica = address(request.getReplica());
            ImageLocation image = request.getSnapshot().isEmpty()
                    ? images.head(replica)
                    : images.snapshot(replica, request.getSnapshot());
            return LocateImageResponse.newBuilder()
                    .setPath(image.path().toString())
                    .setSizeBytes(image.size())
                    .build();
        });
    }

    @Override
    public void listExtents(ListExtentsRequest request, StreamObserver<ListExtentsResponse> observer) {
        ServerStream.handle(
                observer,
                stream -> images.extents(
                        address(request.getReplica()),
                        request.getSnapshot(),
                        Optional.of(request.getBaseSnapshot()).filter(base -> !base.isEmpty()),
                        range -> stream.send(ListExtentsResponse.newBuilder()
                                .addRanges(ListExtentsResponse.Range.newBuilder()
                                        .setOffset(range.offset())
                                        .setLength(range.length())
                                        .setZero(range.zero()))
                                .build())));
    }

    @Override
    public void sealReplica(SealReplicaRequest request, StreamObserver<SealReplicaResponse> observer) {
        Unary.handle(observer, () -> {
            images.seal(address(request.getReplica()));
            return SealReplicaResponse.getDefaultInstance();
        });
    }

    private static ReplicaAddress address(ReplicaId id) {
        return new ReplicaAddress(id.getVolume(), id.getDisk());
    }
}
