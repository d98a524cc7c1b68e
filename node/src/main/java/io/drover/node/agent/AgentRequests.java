package io.drover.node.agent;

import com.google.protobuf.ByteString;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import io.drover.node.device.BlockBytes;
import io.drover.node.replica.NewReplica;
import io.drover.node.replica.ReplicaId;
import io.drover.node.replica.SnapshotMember;
import io.drover.proto.agent.v1.CreateReplicaRequest;
import io.drover.proto.agent.v1.CreateSnapshotsRequest;
import io.drover.proto.agent.v1.RevertReplicaRequest;
import java.util.List;
import java.util.Optional;

/** Reads requests into values, which check themselves. */
final class AgentRequests {
    private AgentRequests() {}

    static ReplicaId id(io.drover.proto.agent.v1.ReplicaId id) {
        return new ReplicaId(new VolumeId(id.getVolume()), new DiskId(id.getDisk()));
    }

    static NewReplica newReplica(CreateReplicaRequest request) {
        ReplicaId id = id(request.getReplica());
        Optional<NewReplica.Source> source = optional(request.getSourceVolume())
                .map(volume -> new NewReplica.Source(new VolumeId(volume), optional(request.getSourceSnapshot())));
        if (source.isEmpty() && !request.getSourceSnapshot().isEmpty()) {
            throw StorageException.invalid("cannot create replica " + id + ": the source snapshot "
                    + request.getSourceSnapshot() + " is given without its volume; name both");
        }
        Optional<DiskId> disk = optional(request.getSourceDisk()).map(DiskId::new);
        if (source.isPresent() && disk.isPresent() && !disk.get().equals(id.disk())) {
            throw StorageException.invalid("cannot create replica " + id + ": its source is on disk " + disk.get()
                    + "; a clone is made on the disk of its source");
        }
        BlockBytes blocks = request.getBlockBytes() == 0 ? BlockBytes.USUAL : new BlockBytes(request.getBlockBytes());
        return new NewReplica(
                id, new ByteSize(request.getSizeBytes()), source, text("record", request.getRecord()), blocks);
    }

    static List<SnapshotMember> members(CreateSnapshotsRequest request) {
        return request.getMembersList().stream()
                .map(member -> new SnapshotMember(
                        id(member.getReplica()), member.getSnapshot(), text("record", member.getRecord())))
                .toList();
    }

    static SnapshotMember safety(RevertReplicaRequest request) {
        return new SnapshotMember(
                id(request.getReplica()),
                request.getSafetySnapshot(),
                text("safety record", request.getSafetyRecord()));
    }

    /** Empty text means that nothing was given. */
    static Optional<String> optional(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Records are kept readable, so they have to be text. */
    static String text(String what, ByteString bytes) {
        if (!bytes.isValidUtf8()) {
            throw StorageException.invalid("the " + what + " is not UTF-8 text; send text");
        }
        return bytes.toStringUtf8();
    }
}
