package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.Settings;
import io.drover.core.model.VolumeId;
import io.drover.node.disk.DiskConfiguration;
import io.drover.node.disk.DiskEngine;
import io.drover.node.disk.DiskOpener;
import io.drover.node.disk.DiskProbe;
import io.drover.node.disk.Disks;
import io.drover.node.disk.KnownDisks;
import io.drover.node.pool.PoolEngines;
import io.drover.node.testing.Scratch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** The replicas of a host in one process after the other: {@link #restart} begins a new life on the same disks. */
final class ReplicaHost implements AutoCloseable {
    static final ByteSize SIZE = ByteSize.ofMebi(16);

    private final Scratch scratch;
    private final List<DiskConfiguration> configurations;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PoolEngines engines;
    private Settings settings = Settings.DEFAULTS;
    private ReplicaStores stores;
    private Replicas replicas;
    /** What is held, by volume. */
    final Map<VolumeId, ReplicaUse> uses = new HashMap<>();
    /** How many images each freeze held, in order. */
    final List<Integer> freezes = new ArrayList<>();

    boolean freezeHolds = true;

    ReplicaHost(Scratch scratch, List<DiskConfiguration> configurations) {
        this.scratch = scratch;
        this.configurations = configurations;
        this.engines = new PoolEngines(scratch.calls());
        this.stores = openStores(FaultPoints.NONE);
        this.replicas = open(FaultPoints.NONE);
    }

    void restart(FaultPoints faults) {
        stores = openStores(faults);
        replicas = open(faults);
    }

    void settings(Settings next) {
        settings = next;
    }

    private ReplicaStores openStores(FaultPoints faults) {
        KnownDisks known = KnownDisks.open(
                scratch.directory("state"), () -> UUID.randomUUID().toString());
        DiskOpener opener = new DiskOpener(
                scratch.calls(),
                scratch.commands(),
                known,
                scratch.root().resolve("state/mounts"),
                Map.of(
                        DiskEngine.BTRFS, engines.byName("btrfs").orElseThrow(),
                        DiskEngine.XFS, engines.byName("xfs").orElseThrow()),
                Clock.systemUTC(),
                faults);
        DiskProbe probe = new DiskProbe(threads, Clock.systemUTC(), Duration.ofSeconds(5));
        Disks disks = new Disks(configurations, opener, probe, scratch.calls().fileSystems(), () -> settings);
        ReplicaStores opened = new ReplicaStores(disks, scratch.calls().files(), faults);
        opened.refresh();
        return opened;
    }

    private Replicas open(FaultPoints faults) {
        return new Replicas(
                stores,
                (volume, image) -> uses.getOrDefault(volume, ReplicaUse.NONE),
                (images, action) -> {
                    freezes.add(images.size());
                    action.run();
                    return new Freezes.Hold(freezeHolds, Set.of());
                },
                new OperationGuard("volume"),
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString(),
                faults);
    }

    Replicas replicas() {
        return replicas;
    }

    ReplicaStores stores() {
        return stores;
    }

    DiskId disk() {
        return stores.disks().open().getFirst().id();
    }

    Path root() {
        return stores.disks().open().getFirst().root();
    }

    ReplicaId id(String volume) {
        return new ReplicaId(new VolumeId(volume), disk());
    }

    Replica create(String volume) {
        return replicas.create(new NewReplica(id(volume), SIZE, Optional.empty(), "record of " + volume));
    }

    Replica clone(String volume, String source, Optional<String> snapshot, ByteSize size) {
        return replicas.create(new NewReplica(
                id(volume),
                size,
                Optional.of(new NewReplica.Source(new VolumeId(source), snapshot)),
                "record of " + volume));
    }

    ReplicaSnapshot snapshot(String volume, String name) {
        return replicas.createSnapshots(List.of(member(volume, name))).getFirst();
    }

    SnapshotMember member(String volume, String name) {
        return new SnapshotMember(id(volume), name, "record of " + name);
    }

    Path image(String volume) {
        return root().resolve("volumes").resolve(volume).resolve("head/image");
    }

    /** Writes text at the start and at the end of the volume. */
    void write(String volume, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(image(volume).toFile(), "rw")) {
            file.write(bytes);
            file.seek(SIZE.bytes() - bytes.length);
            file.write(bytes);
            file.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(Path image, int length) {
        byte[] start = new byte[length];
        byte[] end = new byte[length];
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
            file.readFully(start);
            file.seek(SIZE.bytes() - length);
            file.readFully(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String first = new String(start, StandardCharsets.UTF_8);
        String last = new String(end, StandardCharsets.UTF_8);
        return first.equals(last) ? first : first + " and at the end " + last;
    }

    String read(String volume) {
        return read(image(volume), 5);
    }

    String readSnapshot(String volume, String name) {
        return read(
                root().resolve("volumes")
                        .resolve(volume)
                        .resolve("snapshots")
                        .resolve(name)
                        .resolve("home/image"),
                5);
    }

    /** Names below {@code volumes/} that are the remains of something. */
    List<Path> remains() {
        try (Stream<Path> files = Files.walk(root().resolve("volumes"))) {
            return files.filter(Remains::isRemains).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything below {@code volumes/} but the files' content. */
    List<String> tree() {
        Path volumes = root().resolve("volumes");
        try (Stream<Path> files = Files.walk(volumes)) {
            return files.map(volumes::relativize).map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a call says, or "ok". */
    static String outcome(Runnable call) {
        try {
            call.run();
            return "ok";
        } catch (StorageException e) {
            return e.code().name();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
