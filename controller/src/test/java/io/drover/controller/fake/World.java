package io.drover.controller.fake;

import io.drover.controller.StorageServices;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.host.ReplicaAddress;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.controller.volume.SizeRange;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.credentials.InMemoryCredentialStore;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DataLocality;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.Settings;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import io.drover.core.store.InMemoryStore;
import io.drover.core.store.ResourceStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A whole controller over fakes: one node with one disk of 100 GiB, unless a test adds others. */
public final class World {
    public static final String NODE = "node-1";
    public static final String DISK = "disk-1";

    public final TestClock clock = new TestClock();
    public final InMemoryStore store = new InMemoryStore();
    public final FakeHosts hosts = new FakeHosts(clock).disk(NODE, DISK, ByteSize.ofGibi(100));
    public final FakeMovers movers = new FakeMovers(clock, hosts).node(NODE);
    public final InMemoryCredentialStore credentials = new InMemoryCredentialStore();
    public final CrashPoints faults = new CrashPoints();
    public Settings settings = Settings.DEFAULTS;
    private StorageServices services = wire();

    private StorageServices wire() {
        return wire(store);
    }

    private StorageServices wire(ResourceStore records) {
        return StorageServices.of(
                records,
                hosts,
                movers,
                credentials,
                () -> settings,
                Object::toString,
                faults,
                clock,
                new BackupServices.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    public StorageServices services() {
        return services;
    }

    /** Another process over the same store and hosts, as when a controller lost the lead and does not know it yet. */
    public StorageServices another() {
        return wire();
    }

    /** The same, through another view of the store. */
    public StorageServices another(ResourceStore view) {
        return wire(view);
    }

    /** A new process over the same store and hosts. */
    public void restart() {
        services = wire();
    }

    public static VolumeParameters parameters() {
        return new VolumeParameters(
                1,
                Duration.ofMinutes(2880),
                "",
                List.of(),
                List.of(),
                DataLocality.BEST_EFFORT,
                FileSystemType.EXT4,
                List.of(),
                List.of(),
                List.of(),
                "default");
    }

    public static VolumeSpecification specification(String name, ByteSize size, VolumeSource source) {
        return new VolumeSpecification(
                new VolumeId(name),
                SizeRange.exactly(size),
                parameters(),
                false,
                Set.of(AccessMode.SINGLE_NODE_WRITER),
                false,
                true,
                source,
                Set.of(),
                List.of());
    }

    public static VolumeSpecification blank(String name) {
        return specification(name, ByteSize.ofGibi(1), new VolumeSource.Blank());
    }

    public static VolumeId volume(String name) {
        return new VolumeId(name);
    }

    public static ReplicaAddress replica(String volume) {
        return new ReplicaAddress(
                new VolumeId(volume), new io.drover.core.model.NodeId(NODE), new io.drover.core.model.DiskId(DISK));
    }

    public static SnapshotSpecification csiSnapshot(String volume, String name) {
        return new SnapshotSpecification(new SnapshotId(new VolumeId(volume), name), SnapshotOrigin.CSI, Map.of());
    }

    public Volume create(String name) {
        return services.creation().create(blank(name));
    }

    public Snapshot snapshot(String volume, String name) {
        return services.snapshotCreation().create(csiSnapshot(volume, name));
    }

    /** All records as text: {@code volume:READY}, {@code volume@snapshot:READY}, {@code group:READY}. */
    public List<String> recorded() {
        List<String> all = new java.util.ArrayList<>();
        store.list(Volume.class)
                .forEach(stored ->
                        all.add(stored.value().key() + ":" + stored.value().state()));
        store.list(Snapshot.class)
                .forEach(stored ->
                        all.add(stored.value().key() + ":" + stored.value().state()));
        store.list(io.drover.core.model.SnapshotGroup.class)
                .forEach(stored -> all.add(
                        "group " + stored.value().key() + ":" + stored.value().state()));
        store.list(io.drover.core.model.Backup.class)
                .forEach(stored -> all.add(
                        "backup " + stored.value().key() + ":" + stored.value().state()));
        return all;
    }

    /**
     * Crashes an operation at every point that it passes, each time in a new world, repeats it in a new process, and checks the end.
     *
     * @return the points
     */
    public static List<String> crashEverywhere(Consumer<World> given, Consumer<World> operation, Consumer<World> then) {
        World undisturbed = new World();
        given.accept(undisturbed);
        undisturbed.faults.crashAt(Integer.MAX_VALUE);
        operation.accept(undisturbed);
        List<String> points = undisturbed.faults.passed();
        then.accept(undisturbed);
        for (int i = 0; i < points.size(); i++) {
            World world = new World();
            given.accept(world);
            world.faults.crashAt(i);
            boolean crashed = false;
            try {
                operation.accept(world);
            } catch (SimulatedCrash e) {
                crashed = true;
            }
            if (!crashed) {
                throw new AssertionError("no crash at " + points.get(i));
            }
            world.restart();
            operation.accept(world);
            then.accept(world);
        }
        return points;
    }
}
