package io.drover.snapshotter.mover;

import io.drover.core.model.ByteRange;
import io.drover.core.rpc.Unary;
import io.drover.proto.agent.v1.AgentGrpc;
import io.drover.proto.agent.v1.AgentGrpc.AgentBlockingStub;
import io.drover.proto.agent.v1.ListExtentsRequest;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.drover.proto.agent.v1.LocateImageRequest;
import io.drover.proto.agent.v1.LocateImageResponse;
import io.drover.proto.agent.v1.ReplicaId;
import io.drover.proto.agent.v1.SealReplicaRequest;
import io.drover.snapshotter.image.ImageLocation;
import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.image.SnapshotImages;
import io.grpc.Channel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The images as the agent of this host tells of them. */
public final class AgentImages implements SnapshotImages {
    private static final Duration SHORT = Duration.ofSeconds(30);
    /** For lists whose time grows with the number of extents, and for syncing what a restore wrote. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private final AgentBlockingStub agent;

    /** Takes the channel as it is; closing it stays with the caller. */
    public AgentImages(Channel channel) {
        this.agent = AgentGrpc.newBlockingStub(channel);
    }

    @Override
    public ImageLocation snapshot(ReplicaAddress replica, String snapshot) {
        return locate("find snapshot " + snapshot + " of " + replica, replica, snapshot);
    }

    @Override
    public ImageLocation head(ReplicaAddress replica) {
        return locate("find the image of " + replica, replica, "");
    }

    @Override
    public void extents(ReplicaAddress replica, String snapshot, Optional<String> base, Consumer<ByteRange> receiver) {
        ListExtentsRequest request = ListExtentsRequest.newBuilder()
                .setReplica(id(replica))
                .setSnapshot(snapshot)
                .setBaseSnapshot(base.orElse(""))
                .build();
        var _ = ask("list the extents of snapshot " + snapshot + " of " + replica, LONG, stub -> {
            Iterator<ListExtentsResponse> messages = stub.listExtents(request);
            while (messages.hasNext()) {
                messages.next().getRangesList().forEach(range -> receiver.accept(range(range)));
            }
            return true;
        });
    }

    @Override
    public void seal(ReplicaAddress replica) {
        SealReplicaRequest request =
                SealReplicaRequest.newBuilder().setReplica(id(replica)).build();
        var _ = ask("make " + replica + " durable", LONG, stub -> stub.sealReplica(request));
    }

    private ImageLocation locate(String operation, ReplicaAddress replica, String snapshot) {
        LocateImageRequest request = LocateImageRequest.newBuilder()
                .setReplica(id(replica))
                .setSnapshot(snapshot)
                .build();
        LocateImageResponse response = ask(operation, SHORT, stub -> stub.locateImage(request));
        return new ImageLocation(Path.of(response.getPath()), response.getSizeBytes());
    }

    private <T> T ask(String operation, Duration deadline, Function<AgentBlockingStub, T> call) {
        return Unary.call(
                "cannot " + operation,
                () -> call.apply(agent.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)));
    }

    private static ReplicaId id(ReplicaAddress replica) {
        return ReplicaId.newBuilder()
                .setVolume(replica.volume())
                .setDisk(replica.disk())
                .build();
    }

    private static ByteRange range(ListExtentsResponse.Range range) {
        return new ByteRange(range.getOffset(), range.getLength(), range.getZero());
    }
}
