package io.drover.node.stage;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Errno;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.LoopLabel;
import io.drover.node.device.OwnDevices;
import io.drover.node.device.VolumeImage;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.filesystem.MountGroup;
import io.drover.node.mount.MountOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes volumes ready on this host, and takes that back. Every call may be repeated, by this process or the next one. */
public final class StageService {
    private static final Logger log = LoggerFactory.getLogger(StageService.class);

    private final OperationGuard guard;
    private final VolumePaths paths;
    private final LoopDevices devices;
    private final OwnDevices ownDevices;
    private final DeviceUses uses;
    private final MountCalls mounts;
    private final FileSystems fileSystems;
    private final VolumePreparation preparation;
    private final IdleGrowth idleGrowth;
    private final JournalReplay journalReplay;
    private final BlockStaging blocks;
    private final Publications publications;
    private final FaultPoints faults;

    public StageService(StageParts parts) {
        this.guard = parts.guard();
        this.paths = parts.paths();
        this.devices = parts.devices();
        this.ownDevices = parts.ownDevices();
        this.uses = parts.uses();
        this.mounts = parts.mounts();
        this.fileSystems = parts.fileSystems();
        this.preparation = new VolumePreparation(parts.fileSystems());
        this.idleGrowth = new IdleGrowth(parts);
        this.journalReplay = new JournalReplay(parts);
        this.blocks = new BlockStaging(parts);
        this.publications = parts.publications();
        this.faults = parts.faults();
    }

    /**
     * Attaches the volume's device and mounts it at the staging path, or binds its node there. Already so: success.
     *
     * @throws StorageException NOT_FOUND, EXISTS_DIFFERENT if the path carries something else, IN_USE if the volume's content or its
     *     present use does not allow what is asked for, CORRUPT, INVALID for options that the file system refuses
     */
    public void stage(StageRequest request) {
        try (var _ = guard.enter("stage", request.volume().value())) {
            VolumeImage image = paths.image(request.volume(), request.disk());
            Path stagingPath = paths.directory(request.stagingPath());
            switch (request.access()) {
                case VolumeAccess.Block _ -> blocks.stage(request, image, stagingPath);
                case VolumeAccess.Mounted access -> mount(request, access, image, stagingPath);
            }
        }
    }

    /**
     * Takes the volume off the staging path and its devices away. What is missing is a success; what is not of this volume stays.
     *
     * @throws StorageException IN_USE if it is still published, or busy
     */
    public void unstage(VolumeId volume, Path stagingPath) {
        try (var _ = guard.enter("unstage", volume.value())) {
            Map<Integer, LoopDevice> found = new LinkedHashMap<>();
            journalReplay.end(volume);
            VolumePaths.canonical(stagingPath).ifPresent(path -> {
                unmount(volume, path, found);
                blocks.unstage(volume, path, found);
            });
            faults.reach("unstage.unmounted");
            ownDevices.of(volume).forEach(device -> found.put(device.number(), device));
            found.values().forEach(device -> detach(volume, device));
            faults.reach("unstage.detached");
            publications.removeAll(volume);
        }
    }

    private void mount(StageRequest request, VolumeAccess.Mounted access, VolumeImage image, Path stagingPath) {
        blocks.requireNotStaged(request.volume(), stagingPath);
        journalReplay.end(request.volume());
        Optional<FileSystemType> there = staged(request, access, image, stagingPath);
        LoopDevice device = deviceFor(request, image);
        if (there.isPresent()) {
            complete(request, access, there.get(), device, stagingPath);
            return;
        }
        boolean fresh = uses.of(device).isEmpty();
        try {
            faults.reach("stage.attached");
            FileSystemType type = fresh ? preparation.prepare(request, access, device, image) : mountedType(device);
            LoopDevice shown = request.isReadOnly() ? readOnlyDevice(request, type, device, image) : device;
            MountOptions options = request.isReadOnly() ? access.options().readOnly() : access.options();
            fileSystems.mount(type, shown, stagingPath, options);
            faults.reach("stage.mounted");
            complete(request, access, type, shown, stagingPath);
            if (staged(request, access, image, stagingPath).isEmpty()) {
                throw StorageException.busy("cannot stage volume " + request.volume() + ": " + stagingPath
                        + " was unmounted meanwhile; call again");
            }
            log.atInfo()
                    .addKeyValue("volume", request.volume())
                    .addKeyValue("device", shown.path())
                    .addKeyValue("path", stagingPath)
                    .log("volume staged");
        } catch (RuntimeException e) {
            if (fresh) {
                undo(request.volume(), stagingPath, image, e);
            }
            throw e;
        }
    }

    /** The type of what is staged already as asked for; empty if nothing is. */
    private Optional<FileSystemType> staged(
            StageRequest request, VolumeAccess.Mounted access, VolumeImage image, Path stagingPath) {
        String cannot = "cannot stage volume " + request.volume() + " at " + stagingPath + ": ";
        return switch (paths.look(stagingPath, request.volume())) {
            case PathState.Unmounted _ -> Optional.empty();
            case PathState.ShowsDevice(Mount _, LoopDevice device) ->
                throw StorageException.existsDifferent(
                        cannot + "its device " + device.path() + " is there; unstage it first");
            case PathState.ShowsOther other ->
                throw StorageException.existsDifferent(cannot + "something else is mounted there, "
                        + other.description() + "; unmount it or use another path");
            case PathState.ShowsFileSystem(Mount mount, LoopDevice device) -> {
                FileSystemType type = FileSystemType.parse(mount.type());
                if (!paths.devicesOn(image).contains(device) || !mount.root().equals("/")) {
                    throw StorageException.existsDifferent(cannot + "an older device, " + device.path() + " on "
                            + device.backingFile() + ", is mounted there; unstage it first");
                }
                if (!access.type().orElse(type).equals(type)) {
                    throw StorageException.existsDifferent(
                            cannot + "it is staged as " + type.text() + "; unstage it first, or ask for that");
                }
                if (device.readOnly() != request.isReadOnly()) {
                    throw StorageException.existsDifferent(
                            cannot + "it is staged " + (device.readOnly() ? "read-only" : "for writing")
                                    + "; unstage it first, or ask for that");
                }
                yield Optional.of(type);
            }
        };
    }

    /** The device that is staged, or the writable one on which the volume is prepared. */
    private LoopDevice deviceFor(StageRequest request, VolumeImage image) {
        if (request.isReadOnly()) {
            Optional<LoopDevice> mounted = paths.devicesOn(image).stream()
                    .filter(device ->
                            device.readOnly() && !paths.mountsOf(device).isEmpty())
                    .findFirst();
            if (mounted.isPresent()) {
                return mounted.get();
            }
        }
        LoopDevice device = paths.attach(image, LoopLabel.of(request.volume()), false);
        if (request.isReadOnly() && !uses.of(device).isEmpty()) {
            throw StorageException.existsDifferent(
                    "cannot stage volume " + request.volume() + " read-only: it is in use for writing at "
                            + uses.of(device).getFirst().target() + "; unstage it first");
        }
        return device;
    }

    private FileSystemType mountedType(LoopDevice device) {
        return paths.mountsOf(device).stream()
                .map(mount -> FileSystemType.parse(mount.type()))
                .findFirst()
                .orElseThrow(() -> StorageException.existsDifferent("cannot stage the volume on " + device.path()
                        + " as a file system: it is in use as a raw block device at "
                        + uses.of(device).getFirst().target() + "; unstage that first"));
    }

    /**
     * Lets the file system replay its journal, which it cannot do on a device that refuses writes, and then puts such a device in the
     * place of the writable one.
     */
    private LoopDevice readOnlyDevice(StageRequest request, FileSystemType type, LoopDevice device, VolumeImage image) {
        if (device.readOnly()) {
            return device;
        }
        journalReplay.replay(request.volume(), type, device);
        devices.detach(device);
        faults.reach("stage.detached-writable");
        blocks.detachUnusedReader(image);
        return paths.attach(image, LoopLabel.readOnly(request.volume()), true);
    }

    private void complete(
            StageRequest request,
            VolumeAccess.Mounted access,
            FileSystemType type,
            LoopDevice device,
            Path stagingPath) {
        if (request.isReadOnly()) {
            return;
        }
        devices.refreshSize(device);
        LoopDevice refreshed = devices.find(device.number()).orElse(device);
        try {
            if (!fileSystems.grow(type, refreshed, stagingPath)) {
                idleGrowth.grow(request.volume(), refreshed);
            }
        } catch (StorageException e) {
            // the data is there and can be used: a file system that stays small is better than none
            log.atWarn()
                    .addKeyValue("volume", request.volume())
                    .setCause(e)
                    .log("the file system could not be grown to the size of its volume");
        }
        faults.reach("stage.grown");
        access.group().ifPresent(group -> MountGroup.apply(stagingPath, group));
    }

    /** Leaves nothing half-made: the caller reads most codes as "surely not staged", and will not unstage. */
    private void undo(VolumeId volume, Path stagingPath, VolumeImage image, RuntimeException cause) {
        try {
            if (paths.look(stagingPath, volume) instanceof PathState.ShowsFileSystem) {
                mounts.unmount(stagingPath, Set.of());
            }
            for (LoopDevice device : paths.devicesOn(image)) {
                if (uses.of(device).isEmpty()) {
                    devices.detach(device);
                }
            }
        } catch (StorageException | SystemCallException e) {
            StorageException undecided = StorageException.busy("volume " + volume + " could not be staged ("
                    + cause.getMessage() + "), and not be taken back (" + e.getMessage() + "); call again");
            undecided.addSuppressed(cause);
            throw undecided;
        }
    }

    private void unmount(VolumeId volume, Path stagingPath, Map<Integer, LoopDevice> found) {
        while (paths.look(stagingPath, volume) instanceof PathState.ShowsFileSystem(Mount _, LoopDevice device)) {
            found.put(device.number(), device);
            try {
                mounts.unmount(stagingPath, Set.of());
            } catch (SystemCallException e) {
                if (e.is(Errno.EBUSY)) {
                    throw StorageException.inUse("cannot unstage volume " + volume + ": a process works in "
                            + stagingPath + "; end it and call again");
                }
                throw StorageException.internal("cannot unstage volume " + volume + ": " + e.getMessage(), e);
            }
        }
        if (paths.look(stagingPath, volume) instanceof PathState.ShowsOther other) {
            log.atWarn()
                    .addKeyValue("volume", volume)
                    .addKeyValue("path", stagingPath)
                    .addKeyValue("source", other.description())
                    .log("something that is not of this volume is mounted at its staging path, and stays");
        }
    }

    private void detach(VolumeId volume, LoopDevice device) {
        List<Mount> left = uses.of(device);
        if (!left.isEmpty()) {
            throw StorageException.inUse("cannot unstage volume " + volume + ": it is still mounted at "
                    + left.stream().map(mount -> mount.target().toString()).toList() + "; unpublish it there first");
        }
        devices.detach(device);
    }
}
