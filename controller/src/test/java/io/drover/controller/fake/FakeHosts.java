package io.drover.controller.fake;

import io.drover.controller.host.DiskState;
import io.drover.controller.host.HostState;
import io.drover.controller.host.Hosts;
import io.drover.controller.host.NewReplica;
import io.drover.controller.host.NewSnapshot;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.host.ReplicaState;
import io.drover.controller.host.ReplicaUser;
import io.drover.controller.host.RevertOutcome;
import io.drover.controller.host.SnapshotCopy;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.NodeId;
import io.drover.core.model.VolumeSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hosts in memory, with the behaviour that {@code agent.proto} asks of an agent. */
public final class FakeHosts implements Hosts {
    /** When an injected failure strikes. */
    public enum Moment {
        BEFORE,
        AFTER
    }

    private record Failure(Moment moment, RuntimeException failure) {}

    private final Clock clock;
    private final Map<NodeId, Map<DiskId, DiskState>> disks = new TreeMap<>();
    private final Map<ReplicaAddress, FakeReplica> replicas = new LinkedHashMap<>();
    private final Map<NodeId, Configuration> configurations = new TreeMap<>();
    private final Map<String, Failure> failures = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private @Nullable Runnable meanwhile;

    public FakeHosts(Clock clock) {
        this.clock = clock;
    }

    /** Adds or replaces a healthy disk. */
    public FakeHosts disk(String node, String id, ByteSize capacity, String... tags) {
        return disk(new DiskState(
                new NodeId(node),
                Optional.of(new DiskId(id)),
                "/disks/" + id,
                "directory",
                "xfs",
                Set.of(tags),
                true,
                "",
                capacity,
                capacity,
                new ByteSize(0),
                0));
    }

    public synchronized FakeHosts disk(DiskState disk) {
        disks.computeIfAbsent(disk.node(), ignored -> new TreeMap<>())
                .put(disk.id().orElseThrow(), disk);
        return this;
    }

    /** Sets how much of a disk is free. */
    public synchronized void available(String id, ByteSize available) {
        DiskState disk = disks.values().stream()
                .flatMap(all -> all.values().stream())
                .filter(each -> each.id().equals(Optional.of(new DiskId(id))))
                .findFirst()
                .orElseThrow();
        disk(new DiskState(
                disk.node(),
                disk.id(),
                disk.path(),
                disk.kind(),
                disk.engine(),
                disk.tags(),
                disk.schedulable(),
                disk.problem(),
                disk.capacity(),
                available,
                disk.provisioned(),
                disk.replicas()));
    }

    /** The next call of this method fails, before or after it has done its work. */
    public synchronized void failNext(String method, Moment moment, ErrorCode code) {
        failures.put(method, new Failure(moment, new StorageException(code, "injected failure of " + method)));
    }

    /** Runs something inside of the next call, as another caller would at the same time. */
    public synchronized void meanwhile(Runnable action) {
        meanwhile = action;
    }

    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    public synchronized void write(ReplicaAddress replica, long block, String data) {
        existing(replica).content.put(block, data);
    }

    public synchronized void discard(ReplicaAddress replica, long block) {
        existing(replica).content.remove(block);
    }

    public synchronized @Nullable String read(ReplicaAddress replica, long block) {
        return existing(replica).content.get(block);
    }

    public synchronized void attach(ReplicaAddress replica, ReplicaUser... users) {
        existing(replica).device = "/dev/loop0";
        existing(replica).users = List.of(users);
    }

    public synchronized void detach(ReplicaAddress replica) {
        existing(replica).device = "";
        existing(replica).users = List.of();
    }

    public synchronized void problem(ReplicaAddress replica, String problem) {
        existing(replica).problem = problem;
    }

    public synchronized String recordOf(ReplicaAddress replica) {
        return existing(replica).record;
    }

    /** What a snapshot holds, as a mover reads it. */
    public synchronized Map<Long, String> snapshotContent(ReplicaAddress replica, String snapshot) {
        return Map.copyOf(copyOf(replica, snapshot).content());
    }

    /** Fills a head, as a mover does. */
    public synchronized void fill(ReplicaAddress replica, Map<Long, String> content) {
        FakeReplica is = existing(replica);
        requireDetached(replica, is);
        is.content = new TreeMap<>(content);
    }

    /** The logical block size that a replica was made with. */
    public synchronized int blockBytes(ReplicaAddress replica) {
        return existing(replica).blockBytes;
    }

    /** Everything that lies on all disks: {@code volume}, {@code volume@snapshot}. */
    public synchronized Set<String> contents() {
        Set<String> names = new java.util.TreeSet<>();
        replicas.forEach((address, replica) -> {
            if (replica.head != null) {
                names.add(address.volume().value());
            }
            replica.snapshots.keySet().forEach(snapshot -> names.add(address.volume() + "@" + snapshot));
        });
        return names;
    }

    @Override
    public synchronized List<NodeId> nodes() {
        return List.copyOf(disks.keySet());
    }

    @Override
    public synchronized HostState describe(NodeId node) {
        return around(
                "describe",
                node,
                () -> new HostState(
                        node,
                        disks.getOrDefault(node, Map.of()).values().stream()
                                .map(this::withUse)
                                .toList()));
    }

    @Override
    public synchronized void configure(NodeId node, List<String> wanted, Map<String, String> settings) {
        var _ = around("configure", node, () -> configurations.put(node, new Configuration(wanted, settings)));
    }

    /** What a host was told to be. */
    public record Configuration(List<String> disks, Map<String, String> settings) {}

    /** What a host was told last; empty if nothing. */
    public synchronized Optional<Configuration> configuration(String node) {
        return Optional.ofNullable(configurations.get(new NodeId(node)));
    }

    private DiskState withUse(DiskState disk) {
        List<FakeReplica> on = replicas.entrySet().stream()
                .filter(entry -> Optional.of(entry.getKey().disk()).equals(disk.id()))
                .map(Map.Entry::getValue)
                .toList();
        long provisioned =
                on.stream().mapToLong(replica -> replica.size().bytes()).sum();
        return new DiskState(
                disk.node(),
                disk.id(),
                disk.path(),
                disk.kind(),
                disk.engine(),
                disk.tags(),
                disk.schedulable(),
                disk.problem(),
                disk.capacity(),
                disk.available(),
                new ByteSize(disk.provisioned().bytes() + provisioned),
                disk.replicas() + on.size());
    }

    @Override
    public synchronized ReplicaState createReplica(NewReplica wanted) {
        return around("createReplica", wanted.address().node(), () -> {
            FakeReplica replica = replicas.get(wanted.address());
            String madeFrom = wanted.source().toString();
            if (replica != null && replica.head != null) {
                if (!replica.size().equals(wanted.size()) || !replica.madeFrom.equals(madeFrom)) {
                    throw StorageException.existsDifferent("replica " + wanted.address() + " differs");
                }
                return state(wanted.address(), replica);
            }
            FakeReplica made = new FakeReplica();
            switch (wanted.source()) {
                case VolumeSource.Blank() -> {}
                case VolumeSource.FromBackup(var _, var _) -> {}
                case VolumeSource.FromVolume(var volume) ->
                    fill(
                            made,
                            existing(new ReplicaAddress(
                                            volume,
                                            wanted.address().node(),
                                            wanted.sourceDisk().orElseThrow()))
                                    .copy(clock.instant(), ""));
                case VolumeSource.FromSnapshot(var snapshot) ->
                    fill(
                            made,
                            copyOf(
                                    new ReplicaAddress(
                                            snapshot.volume(),
                                            wanted.address().node(),
                                            wanted.sourceDisk().orElseThrow()),
                                    snapshot.name()));
            }
            made.head = wanted.size();
            made.madeFrom = madeFrom;
            made.blockBytes = wanted.blockBytes();
            made.record = wanted.record();
            replicas.put(wanted.address(), made);
            return state(wanted.address(), made);
        });
    }

    private static void fill(FakeReplica replica, FakeReplica.Copy copy) {
        replica.content = new TreeMap<>(copy.content());
    }

    @Override
    public synchronized void deleteReplica(ReplicaAddress address, boolean withSnapshots) {
        around("deleteReplica", address.node(), () -> {
            FakeReplica replica = replicas.get(address);
            if (replica == null) {
                return true;
            }
            requireDetached(address, replica);
            replica.head = null;
            replica.content = new TreeMap<>();
            if (withSnapshots || replica.snapshots.isEmpty()) {
                replicas.remove(address);
            }
            return true;
        });
    }

    @Override
    public synchronized ReplicaState replica(ReplicaAddress address) {
        return around("replica", address.node(), () -> state(address, existing(address)));
    }

    @Override
    public synchronized List<ReplicaState> replicas(NodeId node) {
        return around(
                "replicas",
                node,
                () -> replicas.entrySet().stream()
                        .filter(entry -> entry.getKey().node().equals(node))
                        .map(entry -> state(entry.getKey(), entry.getValue()))
                        .toList());
    }

    @Override
    public synchronized ByteSize resize(ReplicaAddress address, ByteSize size) {
        return around("resize", address.node(), () -> {
            FakeReplica replica = existing(address);
            if (size.isLargerThan(replica.size())) {
                replica.head = size;
            }
            return replica.size();
        });
    }

    @Override
    public synchronized void record(ReplicaAddress address, String record) {
        around("record", address.node(), () -> {
            existing(address).record = record;
            return true;
        });
    }

    @Override
    public synchronized List<SnapshotCopy> createSnapshots(NodeId node, List<NewSnapshot> members) {
        return around("createSnapshots", node, () -> {
            members.forEach(member -> existing(member.replica()));
            return members.stream()
                    .map(member -> {
                        FakeReplica replica = existing(member.replica());
                        FakeReplica.Copy copy = replica.snapshots.computeIfAbsent(
                                member.name(), ignored -> replica.copy(clock.instant(), member.record()));
                        return copy(member.name(), copy);
                    })
                    .toList();
        });
    }

    @Override
    public synchronized void deleteSnapshot(ReplicaAddress address, String snapshot) {
        around("deleteSnapshot", address.node(), () -> {
            Optional.ofNullable(replicas.get(address)).ifPresent(replica -> replica.snapshots.remove(snapshot));
            return true;
        });
    }

    @Override
    public synchronized RevertOutcome revert(String snapshot, NewSnapshot safety) {
        return around("revert", safety.replica().node(), () -> {
            FakeReplica replica = existing(safety.replica());
            FakeReplica.Copy done = replica.snapshots.get(safety.name());
            if (done == null) {
                requireDetached(safety.replica(), replica);
                FakeReplica.Copy target = copyOf(safety.replica(), snapshot);
                done = replica.copy(clock.instant(), safety.record());
                replica.snapshots.put(safety.name(), done);
                replica.head = target.size();
                fill(replica, target);
            }
            return new RevertOutcome(copy(safety.name(), done), replica.size());
        });
    }

    @Override
    public boolean isSame(ReplicaAddress address, String snapshot, String base) {
        return around(
                "isSame",
                address.node(),
                () -> FakeReplica.ranges(copyOf(address, snapshot), Optional.of(copyOf(address, base)), 0)
                        .isEmpty());
    }

    /** What has a device is mounted, and has a mebibyte to give back. */
    @Override
    public Optional<Long> trim(ReplicaAddress address) {
        return around(
                "trim",
                address.node(),
                () -> existing(address).device.isEmpty() ? Optional.empty() : Optional.of(1L << 20));
    }

    @Override
    public void extents(
            ReplicaAddress address, String snapshot, Optional<String> base, long from, Consumer<ByteRange> receiver) {
        List<ByteRange> ranges = around(
                "extents",
                address.node(),
                () -> FakeReplica.ranges(copyOf(address, snapshot), base.map(name -> copyOf(address, name)), from));
        ranges.forEach(receiver);
    }

    private <T> T around(String method, NodeId node, java.util.function.Supplier<T> work) {
        Runnable other = meanwhile;
        meanwhile = null;
        if (other != null) {
            other.run();
        }
        calls.add(method);
        Failure failure = failures.remove(method);
        if (failure != null && failure.moment() == Moment.BEFORE) {
            throw failure.failure();
        }
        if (!disks.containsKey(node)) {
            throw StorageException.notFound("node", node.value());
        }
        T result = work.get();
        if (failure != null) {
            throw failure.failure();
        }
        return result;
    }

    private FakeReplica existing(ReplicaAddress address) {
        FakeReplica replica = replicas.get(address);
        if (replica == null) {
            throw StorageException.notFound("replica", address.toString());
        }
        return replica;
    }

    private FakeReplica.Copy copyOf(ReplicaAddress address, String snapshot) {
        FakeReplica.Copy copy = existing(address).snapshots.get(snapshot);
        if (copy == null) {
            throw StorageException.notFound("snapshot", address.volume() + "/" + snapshot);
        }
        return copy;
    }

    private static void requireDetached(ReplicaAddress address, FakeReplica replica) {
        if (!replica.device.isEmpty()) {
            throw StorageException.inUse("replica " + address + " is attached at " + replica.device);
        }
    }

    private static ReplicaState state(ReplicaAddress address, FakeReplica replica) {
        return new ReplicaState(
                address,
                replica.size(),
                OptionalLong.of(replica.content.size() * FakeReplica.BLOCK),
                replica.device,
                replica.users,
                replica.snapshots.entrySet().stream()
                        .map(entry -> copy(entry.getKey(), entry.getValue()))
                        .toList(),
                replica.problem,
                replica.record);
    }

    private static SnapshotCopy copy(String name, FakeReplica.Copy copy) {
        return new SnapshotCopy(name, copy.size(), copy.createdAt(), OptionalLong.of(0), copy.record());
    }
}
