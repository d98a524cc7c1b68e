package io.drover.node.agent;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.rpc.ServerStream;
import io.drover.node.replica.ReplicaId;
import io.drover.node.replica.ReplicaSnapshot;
import io.drover.node.replica.Replicas;
import io.drover.proto.agent.v1.ListExtentsRequest;
import io.drover.proto.agent.v1.ListExtentsResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends the ranges of a snapshot in batches, as fast as the client takes them. */
final class ExtentStream {
    /** Some 25 bytes each on the wire: far below gRPC's limit of 4 MiB for a message. */
    private static final int BATCH = 4096;

    private ExtentStream() {}

    static void send(Replicas replicas, ListExtentsRequest request, StreamObserver<ListExtentsResponse> observer) {
        ServerStream.handle(observer, stream -> {
            ReplicaId id = AgentRequests.id(request.getReplica());
            long from = request.getFromBytes();
            if (from < 0) {
                throw StorageException.outOfRange(
                        "cannot list the extents of " + id + " from byte " + from + "; begin at 0 or later");
            }
            Optional<String> base = AgentRequests.optional(request.getBaseSnapshot());
            ReplicaSnapshot snapshot = replicas.snapshot(id, request.getSnapshot());
            List<ByteRange> ranges = from(replicas.extents(id, snapshot.name(), base), from);
            // A snapshot without ranges gets one message too, which says its size.
            for (int at = 0; at == 0 || at < ranges.size(); at += BATCH) {
                stream.send(message(ranges.subList(at, Math.min(at + BATCH, ranges.size())), snapshot));
            }
        });
    }

    private static ListExtentsResponse message(List<ByteRange> batch, ReplicaSnapshot snapshot) {
        return ListExtentsResponse.newBuilder()
                .addAllRanges(batch.stream().map(AgentMessages::range).toList())
                .setSizeBytes(snapshot.size().bytes())
                .build();
    }

    /** Leaves out what ends at or before the offset, and cuts what lies across it. */
    static List<ByteRange> from(List<ByteRange> ranges, long from) {
        List<ByteRange> rest = new ArrayList<>();
        for (ByteRange range : ranges) {
            if (range.offset() >= from) {
                rest.add(range);
            } else if (range.end() > from) {
                rest.add(new ByteRange(from, range.end() - from, range.zero()));
            }
        }
        return rest;
    }
}
