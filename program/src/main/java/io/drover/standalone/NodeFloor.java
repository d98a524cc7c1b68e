package io.drover.standalone;

import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.NodeId;
import io.drover.core.model.Settings;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.sys.SystemCalls;
import io.drover.core.time.Pause;
import io.drover.node.agent.AgentService;
import io.drover.node.backuptarget.BackupTargetMounts;
import io.drover.node.csi.NodeService;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.OwnDevices;
import io.drover.node.device.StaleDevices;
import io.drover.node.disk.DiskConfiguration;
import io.drover.node.disk.DiskEngine;
import io.drover.node.disk.DiskOpener;
import io.drover.node.disk.DiskProbe;
import io.drover.node.disk.Disks;
import io.drover.node.disk.KnownDisks;
import io.drover.node.disk.NodeOrders;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.freeze.Freezer;
import io.drover.node.freeze.OutlivingCommands;
import io.drover.node.pool.BtrfsPool;
import io.drover.node.pool.PoolEngine;
import io.drover.node.pool.XfsPool;
import io.drover.node.replica.DiskImages;
import io.drover.node.replica.ReplicaStores;
import io.drover.node.replica.Replicas;
import io.drover.node.stage.Publications;
import io.drover.node.stage.StageParts;
import io.drover.node.stage.VolumePaths;
import io.drover.node.usage.DeviceFreezes;
import io.drover.node.usage.MountedTrim;
import io.drover.node.usage.MountedUsers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * This host: its disks, replicas and devices, with the two services over them.
 *
 * @param stores to be looked at now and then: a disk that was away may be back
 * @param extents for whoever looks at images
 * @param backupTargets whose idle mounts are to be removed now and then
 */
public record NodeFloor(
        ReplicaStores stores,
        BackupTargetMounts backupTargets,
        AgentService agent,
        NodeService csi,
        ExtentCalls extents) {
    /** Longer than any clone of sane size; a writer waits as long at most. */
    private static final Duration FREEZE_DEADLINE = Duration.ofSeconds(20);

    private static final Duration DISK_ANSWER = Duration.ofSeconds(5);

    /** How long an NFS export stays mounted that nobody claims. */
    private static final Duration IDLE_TARGET = Duration.ofMinutes(10);

    /** What this host was told to have, beside the disks that it has in any case; those in the data folder are made. */
    public static NodeOrders orders(Path data, List<DiskConfiguration> own) {
        own.stream()
                .map(DiskConfiguration::path)
                .filter(path -> path.startsWith(data))
                .forEach(Directories::create);
        return NodeOrders.open(data.resolve("node"), own);
    }

    /** Wires the host and picks up what an earlier process left: freezes first, since somebody waits for each of them. */
    public static NodeFloor open(
            NodeId name, Path data, NodeOrders orders, Supplier<Settings> settings, FaultPoints faults, Clock clock) {
        Path state = data.resolve("node");
        Supplier<String> ids = () -> UUID.randomUUID().toString();
        SystemCalls calls = LinuxSystemCalls.create();
        LocalCommandRunner commands = LocalCommandRunner.ofHost();

        Path freezes = folder(state, "freezes");
        Freezer freezer =
                new Freezer(calls.fileSystems(), new OutlivingCommands(commands), freezes, clock, ids, faults);
        freezer.recover();

        Map<DiskEngine, PoolEngine> engines =
                Map.of(DiskEngine.BTRFS, new BtrfsPool(calls), DiskEngine.XFS, new XfsPool(calls));
        DiskOpener opener = new DiskOpener(
                calls, commands, KnownDisks.open(state, ids), data.resolve("mounts"), engines, clock, faults);
        DiskProbe probe = new DiskProbe(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()), clock, DISK_ANSWER);
        Disks disks = new Disks(orders.disks(), opener, probe, calls.fileSystems(), settings);
        ReplicaStores stores = new ReplicaStores(disks, calls.files(), faults);
        stores.refresh();

        DiskImages images = new DiskImages(stores);
        LoopDevices devices = new LoopDevices(calls.loops(), calls.files(), Pause.SLEEP);
        OwnDevices own = new OwnDevices(devices, calls.files(), images);
        DeviceUses uses = new DeviceUses(calls.mounts(), calls.files());
        new StaleDevices(devices, own, uses, calls.mounts(), calls.blockDevices()).detachAll();

        Publications publications = new Publications(folder(state, "publications"));
        OperationGuard volumes = new OperationGuard("volume");
        Replicas replicas = new Replicas(
                stores,
                new MountedUsers(devices, uses, calls.mounts(), publications),
                new DeviceFreezes(devices, calls.mounts(), calls.blockDevices(), freezer, FREEZE_DEADLINE),
                volumes,
                clock,
                ids,
                faults);
        StageParts staging = new StageParts(
                volumes,
                new VolumePaths(devices, own, calls.mounts(), calls.files(), images),
                devices,
                own,
                uses,
                calls.mounts(),
                calls.blockDevices(),
                calls.fileSystems(),
                new FileSystems(commands, calls.mounts(), calls.extents(), faults),
                publications,
                state,
                faults);
        BackupTargetMounts backupTargets =
                new BackupTargetMounts(folder(data, "backup-targets"), calls.mounts(), commands, clock, IDLE_TARGET);
        return new NodeFloor(
                stores,
                backupTargets,
                new AgentService(
                        name,
                        orders,
                        stores,
                        replicas,
                        backupTargets,
                        new MountedTrim(images, devices, calls.mounts(), calls.fileSystems())),
                new NodeService(name, 0, staging),
                calls.extents());
    }

    /** Made at the start: a folder that its first use makes looks like something that a volume has left behind. */
    private static Path folder(Path parent, String name) {
        Path folder = parent.resolve(name);
        Directories.create(folder);
        return folder;
    }
}
