package io.drover.node.stage;

import io.drover.core.error.StorageException;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.AccessMode;
import io.drover.core.model.DiskId;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.SystemCalls;
import io.drover.core.time.Pause;
import io.drover.node.device.BlockBytes;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.OwnDevices;
import io.drover.node.device.StaleDevices;
import io.drover.node.device.VolumeImage;
import io.drover.node.device.VolumeImages;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.mount.MountOptions;
import io.drover.node.testing.Scratch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A host with one disk, which is a plain directory of image files, and the services on it. */
final class StagingHost implements AutoCloseable, VolumeImages {
    static final DiskId DISK = new DiskId("disk-1");

    final Scratch scratch = new Scratch();
    final Path disk = scratch.directory("disk");
    final Path staging = scratch.directory("staging");
    final Path pods = scratch.directory("pods");
    BlockBytes blocks = BlockBytes.USUAL;

    /** The services of a process that has just started. */
    StageParts start(FaultPoints faults) {
        SystemCalls calls = scratch.calls();
        LoopDevices devices = new LoopDevices(calls.loops(), calls.files(), Pause.SLEEP);
        OwnDevices own = new OwnDevices(devices, calls.files(), this);
        return new StageParts(
                new OperationGuard("volume"),
                new VolumePaths(devices, own, calls.mounts(), calls.files(), this),
                devices,
                own,
                new DeviceUses(calls.mounts(), calls.files()),
                calls.mounts(),
                calls.blockDevices(),
                calls.fileSystems(),
                new FileSystems(LocalCommandRunner.ofHost(), calls.mounts(), calls.extents(), faults),
                new Publications(scratch.root().resolve("publications")),
                scratch.root(),
                faults);
    }

    StageParts start() {
        return start(FaultPoints.NONE);
    }

    StaleDevices stale(StageParts parts) {
        return new StaleDevices(
                parts.devices(), parts.ownDevices(), parts.uses(), parts.mounts(), parts.blockDevices());
    }

    VolumeId volume(String name, long sizeMebi) {
        VolumeId volume = new VolumeId(name);
        try {
            Files.createDirectories(folder(volume).resolve("head"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resize(volume, sizeMebi);
        return volume;
    }

    void resize(VolumeId volume, long sizeMebi) {
        try (RandomAccessFile file = new RandomAccessFile(image(volume).toFile(), "rw")) {
            file.setLength(sizeMebi << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path image(VolumeId volume) {
        return folder(volume).resolve("head").resolve("image");
    }

    Path folder(VolumeId volume) {
        return disk.resolve("volumes").resolve(volume.value());
    }

    @Override
    public VolumeImage head(DiskId id, VolumeId volume) {
        return find(volume).orElseThrow(() -> StorageException.notFound("volume", volume.value()));
    }

    @Override
    public Optional<VolumeImage> find(VolumeId volume) {
        Path image = image(volume);
        return Files.exists(image) ? Optional.of(new VolumeImage(volume, image)) : Optional.empty();
    }

    @Override
    public BlockBytes blockBytes(VolumeImage image) {
        return blocks;
    }

    @Override
    public List<Path> roots() {
        return List.of(disk);
    }

    List<LoopDevice> devices(VolumeId volume) {
        return start().ownDevices().of(volume);
    }

    StageRequest stageMounted(VolumeId volume, FileSystemType type) {
        return stageMounted(volume, type, AccessMode.SINGLE_NODE_MULTI_WRITER, MountOptions.NONE);
    }

    StageRequest stageMounted(VolumeId volume, FileSystemType type, AccessMode mode, MountOptions options) {
        return new StageRequest(volume, Optional.of(DISK), staging, mounted(type, options), mode);
    }

    StageRequest stageBlock(VolumeId volume, AccessMode mode) {
        return new StageRequest(volume, Optional.of(DISK), staging, new VolumeAccess.Block(), mode);
    }

    static VolumeAccess.Mounted mounted(FileSystemType type, MountOptions options) {
        return new VolumeAccess.Mounted(Optional.of(type), options, List.of(), Optional.empty());
    }

    PublishRequest publish(VolumeId volume, String pod, VolumeAccess access, AccessMode mode, boolean readOnly) {
        return new PublishRequest(
                volume,
                Optional.of(DISK),
                staging,
                pods.resolve(pod),
                access,
                mode,
                readOnly,
                Optional.of("default/" + pod));
    }

    @Override
    public void close() {
        scratch.close();
    }
}
