package io.drover.node.stage;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.model.AccessMode;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.Errno;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.MountFlag;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.LoopLabel;
import io.drover.node.device.VolumeImage;
import io.drover.node.filesystem.MountGroup;
import io.drover.node.mount.MountOptions;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows staged volumes to workloads, and takes that back. Every call may be repeated, by this process or the next one. */
public final class PublishService {
    private static final Logger log = LoggerFactory.getLogger(PublishService.class);

    private final OperationGuard guard;
    private final VolumePaths paths;
    private final LoopDevices devices;
    private final DeviceUses uses;
    private final MountCalls mounts;
    private final BlockDeviceCalls blockDevices;
    private final BlockStaging blocks;
    private final Publications publications;
    private final FaultPoints faults;

    public PublishService(StageParts parts) {
        this.guard = parts.guard();
        this.paths = parts.paths();
        this.devices = parts.devices();
        this.uses = parts.uses();
        this.mounts = parts.mounts();
        this.blockDevices = parts.blockDevices();
        this.blocks = new BlockStaging(parts);
        this.publications = parts.publications();
        this.faults = parts.faults();
    }

    /**
     * Binds the staged volume to the target path. Already so: success.
     *
     * @throws StorageException NOT_FOUND, IN_USE if the volume is not staged, or is published elsewhere and its access mode allows one
     *     path only (CSI specification, NodePublishVolume, second table), EXISTS_DIFFERENT if the path carries something else
     */
    public void publish(PublishRequest request) {
        try (var _ = guard.enter("publish", request.volume().value())) {
            VolumeImage image = paths.image(request.volume(), request.disk());
            Path target = VolumePaths.canonical(request.targetPath())
                    .orElseThrow(() -> StorageException.inUse(
                            "cannot publish volume " + request.volume() + " at " + request.targetPath()
                                    + ": its parent directory does not exist; the caller has to make it"));
            if (isPublished(request, target)) {
                return;
            }
            requireAlone(request, target);
            Publication publication = new Publication(
                    target.toString(), request.pod(), request.mode(), request.isReadOnly(), request.isBlock());
            Path stagingPath = paths.directory(request.stagingPath());
            switch (request.access()) {
                case VolumeAccess.Block _ -> bindDevice(request, image, stagingPath, target, publication);
                case VolumeAccess.Mounted access -> bindDirectory(request, access, stagingPath, target, publication);
            }
            log.atInfo()
                    .addKeyValue("volume", request.volume())
                    .addKeyValue("path", target)
                    .log("volume published");
        }
    }

    /**
     * Takes the volume off the target path and removes the path. What is missing is a success.
     *
     * @throws StorageException IN_USE if a process works there, or something that is not of this volume is mounted there
     */
    public void unpublish(VolumeId volume, Path targetPath) {
        try (var _ = guard.enter("unpublish", volume.value())) {
            Optional<Path> target = VolumePaths.canonical(targetPath);
            target.ifPresent(path -> takeAway(volume, path));
            publications.remove(volume, target.orElse(targetPath));
            detachUnusedReader(volume);
        }
    }

    private void takeAway(VolumeId volume, Path target) {
        boolean known = publications.find(volume, target).isPresent();
        PathState state = paths.look(target, volume);
        while (!(state instanceof PathState.Unmounted)) {
            if (state instanceof PathState.ShowsOther other && !known) {
                throw StorageException.inUse("cannot unpublish volume " + volume + ": " + target + " carries "
                        + other.description() + ", which is not of this volume; unmount it by hand");
            }
            unmount(volume, target);
            state = paths.look(target, volume);
        }
        faults.reach("unpublish.unmounted");
        TargetPaths.remove(volume, target);
        faults.reach("unpublish.removed");
    }

    private boolean isPublished(PublishRequest request, Path target) {
        String cannot = "cannot publish volume " + request.volume() + " at " + target + ": ";
        return switch (paths.look(target, request.volume())) {
            case PathState.Unmounted _ -> false;
            case PathState.ShowsOther other ->
                throw StorageException.existsDifferent(cannot + "something else is mounted there, "
                        + other.description() + "; unmount it or use another path");
            case PathState.ShowsDevice(Mount _, LoopDevice device) -> {
                if (!request.isBlock()) {
                    throw StorageException.existsDifferent(
                            cannot + "it is published as a raw block device; unpublish it first");
                }
                requireSame(request, target, device.readOnly(), cannot);
                yield true;
            }
            case PathState.ShowsFileSystem(Mount mount, LoopDevice _) -> {
                if (request.isBlock()) {
                    throw StorageException.existsDifferent(
                            cannot + "it is published as a file system; unpublish it first");
                }
                boolean readOnly = mount.options().contains("ro");
                if (!readOnly && request.isReadOnly() && isHalfDone(request, target)) {
                    makeReadOnly(mount, target);
                    readOnly = true;
                }
                requireSame(request, target, readOnly, cannot);
                yield true;
            }
        };
    }

    /** An earlier attempt ended between the bind and taking the right to write away. */
    private boolean isHalfDone(PublishRequest request, Path target) {
        return publications
                .find(request.volume(), target)
                .filter(Publication::readOnly)
                .isPresent();
    }

    private void requireSame(PublishRequest request, Path target, boolean readOnly, String cannot) {
        if (readOnly != request.isReadOnly()) {
            throw StorageException.existsDifferent(cannot + "it is published "
                    + (readOnly ? "read-only" : "for writing") + "; unpublish it first, or ask for that");
        }
        publications
                .find(request.volume(), target)
                .filter(publication -> publication.mode() != request.mode())
                .ifPresent(publication -> {
                    throw StorageException.existsDifferent(cannot + "it is published as " + publication.mode()
                            + "; unpublish it first, or ask for that");
                });
    }

    /** What is recorded and still mounted counts: mounts that merely spread to other places do not. */
    private void requireAlone(PublishRequest request, Path target) {
        List<Publication> others = publications.of(request.volume()).stream()
                .filter(publication -> !publication.target().equals(target.toString()))
                .filter(publication ->
                        !(paths.look(Path.of(publication.target()), request.volume()) instanceof PathState.Unmounted))
                .toList();
        boolean shared = request.mode() == AccessMode.SINGLE_NODE_MULTI_WRITER
                && others.stream().allMatch(other -> other.mode() == AccessMode.SINGLE_NODE_MULTI_WRITER);
        if (!others.isEmpty() && !shared) {
            Publication other = others.getFirst();
            throw StorageException.inUse("cannot publish volume " + request.volume() + " at " + target + " as "
                    + request.mode() + ": it is published at " + other.target()
                    + other.pod().map(pod -> " for the pod " + pod).orElse("") + " as " + other.mode()
                    + "; only SINGLE_NODE_MULTI_WRITER allows more than one path");
        }
    }

    private void bindDirectory(
            PublishRequest request,
            VolumeAccess.Mounted access,
            Path stagingPath,
            Path target,
            Publication publication) {
        if (!(paths.look(stagingPath, request.volume())
                instanceof PathState.ShowsFileSystem(Mount staged, LoopDevice device))) {
            throw notStaged(request, stagingPath, "as a file system");
        }
        if (device.readOnly() && !request.isReadOnly()) {
            throw StorageException.inUse("cannot publish volume " + request.volume() + " at " + target
                    + " for writing: it is staged read-only; publish it read-only, or stage it for writing");
        }
        if (!request.isReadOnly()) {
            access.group().ifPresent(group -> MountGroup.apply(stagingPath, group));
        }
        publications.put(request.volume(), publication);
        faults.reach("publish.recorded");
        TargetPaths.makeDirectory(request.volume(), target);
        faults.reach("publish.directory-made");
        try {
            mounts.bind(stagingPath, target, Set.of());
        } catch (SystemCallException e) {
            throw StorageException.internal(
                    "cannot publish volume " + request.volume() + " at " + target + ": " + e.getMessage(), e);
        }
        faults.reach("publish.bound");
        if (request.isReadOnly()) {
            makeReadOnly(staged, target);
            faults.reach("publish.made-read-only");
        }
    }

    private void bindDevice(
            PublishRequest request, VolumeImage image, Path stagingPath, Path target, Publication publication) {
        LoopDevice staged = blocks.boundAt(stagingPath.resolve(VolumePaths.DEVICE_FILE), request.volume())
                .orElseThrow(() -> notStaged(request, stagingPath, "as a raw block device"));
        if (staged.readOnly() && !request.isReadOnly()) {
            throw StorageException.inUse("cannot publish volume " + request.volume() + " at " + target
                    + " for writing: it is staged read-only; publish it read-only, or stage it for writing");
        }
        publications.put(request.volume(), publication);
        faults.reach("publish.recorded");
        LoopDevice shown = staged;
        if (request.isReadOnly() && !staged.readOnly()) {
            // what was written through the other device has to be in the image before this one reads it
            blockDevices.flush(staged.path());
            blocks.detachUnusedReader(image);
            shown = paths.attach(image, LoopLabel.readOnly(request.volume()), true);
            faults.reach("publish.attached-reader");
        }
        blocks.bind(shown, target);
        faults.reach("publish.bound");
    }

    /** The flags that the staged mount has stay: a remount without them would take them away. */
    private void makeReadOnly(Mount staged, Path target) {
        Set<MountFlag> flags = EnumSet.of(MountFlag.READ_ONLY);
        flags.addAll(MountOptions.flagsOf(staged.options()));
        mounts.remount(target, true, flags, "");
    }

    private static StorageException notStaged(PublishRequest request, Path stagingPath, String how) {
        return StorageException.inUse("cannot publish volume " + request.volume() + " at " + request.targetPath()
                + ": it is not staged " + how + " at " + stagingPath + "; stage it first");
    }

    private void unmount(VolumeId volume, Path target) {
        try {
            mounts.unmount(target, Set.of());
        } catch (SystemCallException e) {
            if (e.is(Errno.EBUSY)) {
                throw StorageException.inUse("cannot unpublish volume " + volume + ": a process works in " + target
                        + "; end it and call again");
            }
            throw StorageException.internal("cannot unpublish volume " + volume + ": " + e.getMessage(), e);
        }
    }

    /** The second device for reading goes with the last path that shows it, unless it is what is staged. */
    private void detachUnusedReader(VolumeId volume) {
        LoopLabel reader = LoopLabel.readOnly(volume);
        for (LoopDevice device : devices.labelled(volume, reader::equals)) {
            if (paths.isOwn(device) && uses.of(device).isEmpty()) {
                devices.detach(device);
                faults.reach("unpublish.detached-reader");
            }
        }
    }
}
