package io.drover.controller.host;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the hosts' agents. Every request is complete and repeatable: the same one again finishes what an interrupted one began and
 * answers the same. All methods block, within a deadline.
 *
 * <p>Errors are {@link StorageException}s with the agent's code. UNAVAILABLE and TIMEOUT mean that nobody knows whether it was done.
 * NOT_FOUND comes only from a host that surely does not have the object, or for a node that is not known here.
 */
public interface Hosts {
    /** All nodes that take part, in a stable order. */
    List<NodeId> nodes();

    /** The host and its disks, read fresh. */
    HostState describe(NodeId node);

    /**
     * Tells a host what is wanted of it, as a whole. The host remembers it. The same again changes nothing.
     *
     * @param disks beside those that it is started with, in the form of {@code drover node --disk}
     * @param settings those that somebody has set
     * @throws StorageException INVALID for a disk or a setting that cannot be; IN_USE if something lies on a disk that is not wanted any
     *     more; nothing is changed then
     */
    void configure(NodeId node, List<String> disks, Map<String, String> settings);

    /**
     * Makes the replica, empty or as a clone. An equal one that exists is success.
     *
     * @throws StorageException EXISTS_DIFFERENT if there is a different one, which is left as it is; NOT_FOUND without the source; NO_SPACE
     */
    ReplicaState createReplica(NewReplica wanted);

    /**
     * Removes the head and, if told so, the snapshots. Absent is success.
     *
     * @throws StorageException IN_USE while a device is attached
     */
    void deleteReplica(ReplicaAddress replica, boolean withSnapshots);

    /** The replica with its users, snapshots and exact figures. */
    ReplicaState replica(ReplicaAddress replica);

    /** All replicas of a host; figures that are expensive to find are left out. */
    List<ReplicaState> replicas(NodeId node);

    /** Grows the image and returns its size. Never shrinks: a smaller size than now is success without effect. */
    ByteSize resize(ReplicaAddress replica, ByteSize size);

    /** Writes the volume's record beside its data. */
    void record(ReplicaAddress replica, String record);

    /**
     * Takes all snapshots at one point in time: every mounted member is frozen before the first is cloned. What an earlier call of the
     * same names has taken stays as it is.
     *
     * @param members all on this node
     * @return in the order of the members
     */
    List<SnapshotCopy> createSnapshots(NodeId node, List<NewSnapshot> members);

    /** Absent is success. */
    void deleteSnapshot(ReplicaAddress replica, String snapshot);

    /**
     * Makes a snapshot's content the head, after keeping the old head as the safety snapshot. If a snapshot of that name exists, the
     * revert has been done, and is only reported.
     *
     * @throws StorageException IN_USE while a device is attached, NOT_FOUND without the snapshot
     */
    RevertOutcome revert(String snapshot, NewSnapshot safety);

    /** Whether two snapshots surely have the same content, apart from what freezing a file system writes by itself. */
    boolean isSame(ReplicaAddress replica, String snapshot, String base);

    /** Discards the free space of the mounted file system; empty if none is mounted for writing. */
    Optional<Long> trim(ReplicaAddress replica);

    /**
     * Hands over byte ranges of a snapshot, ascending, without overlap: what is allocated, or what differs from the base.
     *
     * @param from ranges that end at or before it are left out, one across it is cut
     */
    void extents(
            ReplicaAddress replica, String snapshot, Optional<String> base, long from, Consumer<ByteRange> receiver);
}
