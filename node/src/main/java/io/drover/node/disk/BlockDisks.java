package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.sys.SystemCallException;
import io.drover.core.sys.SystemCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Disks whose file system is Drover's own: raw devices and image files. The file system's uuid is the disk's, so that a disk is
 * recognised before it is mounted. Before a file system is made, its uuid is announced in {@link KnownDisks}; a crash between the
 * announcement and the identity file is recognised by that uuid, and the work is done again.
 */
final class BlockDisks {
    static final String UNFINISHED_IMAGE = "." + PoolImage.FILE + ".tmp";
    private static final int OWNER_ONLY = 0600;
    private static final long DEFAULT_PERCENT_OF_FREE = 80;

    private final SystemCalls calls;
    private final DeviceProbe probe;
    private final PoolFileSystem fileSystems;
    private final PoolImage images;
    private final KnownDisks known;
    private final Identities identities;
    private final KernelFileSystems kernel = new KernelFileSystems(Path.of("/"));
    private final FaultPoints faults;

    BlockDisks(
            SystemCalls calls,
            DeviceProbe probe,
            PoolFileSystem fileSystems,
            PoolImage images,
            KnownDisks known,
            Identities identities,
            FaultPoints faults) {
        this.calls = calls;
        this.probe = probe;
        this.fileSystems = fileSystems;
        this.images = images;
        this.known = known;
        this.identities = identities;
        this.faults = faults;
    }

    /** Opens a block device; formats it if it is blank and no disk was here before. */
    Place device(DiskConfiguration configuration) {
        Path device = configuration.path();
        if (configuration.size().isPresent()) {
            throw StorageException.invalid(device + " is a block device and is used whole; leave the size away");
        }
        return switch (content(configuration, device)) {
            case DeviceContent.Blank _ -> {
                known.at(device).ifPresent(id -> {
                    throw StorageException.unavailable("disk " + id + " was " + device
                            + ", which is blank now; was it replaced? If the old one will not come back, add forget="
                            + id);
                });
                yield formatted(configuration, device);
            }
            case DeviceContent.FileSystem found -> mounted(configuration, device, found, DiskKind.DEVICE);
            case DeviceContent.Other other -> {
                if (other.markedBy().isEmpty()) {
                    throw StorageException.invalid(device + " carries " + other.description()
                            + "; if nothing on it is needed, erase it: wipefs -a, or zeros over its first MiB");
                }
                yield formatted(configuration, device);
            }
        };
    }

    /** Opens the image file in the configured directory. */
    Place image(DiskConfiguration configuration) {
        Path image = configuration.path().resolve(PoolImage.FILE);
        Path device = images.attach(image);
        try {
            return switch (content(configuration, device)) {
                case DeviceContent.FileSystem found -> mounted(configuration, device, found, DiskKind.IMAGE);
                case DeviceContent.Blank _ ->
                    throw StorageException.corrupt(
                            image + " is blank; move it away, if nothing of it is needed, and add forget= of its disk");
                case DeviceContent.Other other ->
                    throw StorageException.corrupt(
                            image + " carries " + other.description() + "; restore it, or move it away");
            };
        } finally {
            // In use by its mount now, or by nobody: either way it goes when nobody needs it any more.
            images.release(device);
        }
    }

    /** Makes the image file, complete with its file system, or nothing. */
    void makeImage(DiskConfiguration configuration, long availableBytes) {
        Path directory = configuration.path();
        ByteSize step = ByteSize.STEP;
        long share = availableBytes / 100 * DEFAULT_PERCENT_OF_FREE / step.bytes() * step.bytes();
        ByteSize size = configuration.size().orElse(new ByteSize(share));
        if (size.bytes() > availableBytes || DiskConfiguration.SMALLEST.isLargerThan(size)) {
            throw StorageException.noSpace("an image file of " + size + " in " + directory + " is not possible: "
                    + new ByteSize(availableBytes) + " are free, and the least is " + DiskConfiguration.SMALLEST
                    + "; free some space, or use another disk");
        }
        DiskEngine engine = configuration.engine().orElseGet(kernel::preferred);
        DiskId id = known.intend(directory);
        faults.reach("disk.image.announced");
        Path unfinished = directory.resolve(UNFINISHED_IMAGE);
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + unfinished, e);
        }
        calls.files().createFile(unfinished, OWNER_ONLY);
        calls.files().resize(unfinished, size.bytes());
        fileSystems.make(engine, unfinished, id);
        calls.files().sync(unfinished);
        faults.reach("disk.image.made");
        calls.files().rename(unfinished, directory.resolve(PoolImage.FILE));
        Directories.sync(directory);
        faults.reach("disk.image.named");
    }

    /** Unmounts the disk's file system; the loop device of an image goes with it. */
    void unmount(DiskId id) {
        fileSystems.unmount(id);
    }

    private DeviceContent content(DiskConfiguration configuration, Path device) {
        return probe.probe(device, calls.blockDevices().sizeBytes(device), known.intended(configuration.path()));
    }

    private Place formatted(DiskConfiguration configuration, Path device) {
        if (calls.blockDevices().isHeld(device)) {
            throw StorageException.inUse(
                    device + " is in use by the kernel (an array, a swap area, a mount); release it first");
        }
        if (calls.blockDevices().isReadOnly(device)) {
            throw StorageException.unavailable(device + " is read-only; make it writable");
        }
        DiskEngine engine = configuration.engine().orElseGet(kernel::preferred);
        DiskId id = known.intend(device);
        faults.reach("disk.format.announced");
        fileSystems.make(engine, device, id);
        calls.blockDevices().flush(device);
        faults.reach("disk.format.made");
        return mounted(configuration, device, new DeviceContent.FileSystem(engine.text(), id.value()), DiskKind.DEVICE);
    }

    private Place mounted(DiskConfiguration configuration, Path device, DeviceContent.FileSystem found, DiskKind kind) {
        DiskEngine engine = DiskEngine.ofText(found.type())
                .orElseThrow(
                        () -> StorageException.invalid(
                                device + " carries " + found.type()
                                        + "; if nothing on it is needed, erase it (wipefs -a); or mount it and give an empty directory on it"));
        DiskId id = new DiskId(found.uuid());
        boolean announced = known.intended(configuration.path()).equals(Optional.of(id));
        if (!known.knows(id) && !announced && !configuration.adopt().equals(Optional.of(id))) {
            throw StorageException.existsDifferent(
                    configuration.path() + " carries " + found.type() + " with the uuid " + id
                            + ", which is no disk of this installation; if Drover made it elsewhere, take it over by adopt="
                            + id
                            + "; to use it as it is, mount it and give an empty directory on it");
        }
        boolean before = fileSystems.find(id).isPresent();
        try {
            Path root = mount(device, engine, id, kind, announced && !known.knows(id));
            return identified(configuration, root, engine, id, kind, announced);
        } catch (StorageException | UncheckedIOException e) {
            if (!before) {
                fileSystems.unmount(id);
            }
            throw e;
        }
    }

    /** @param unfinished whether the file system may be the torso of an interrupted mkfs, and carries no data yet for sure */
    private Path mount(Path device, DiskEngine engine, DiskId id, DiskKind kind, boolean unfinished) {
        boolean discard = kind == DiskKind.IMAGE;
        Path root;
        try {
            root = fileSystems.mount(id, engine, device, discard);
        } catch (SystemCallException e) {
            if (!unfinished) {
                throw e;
            }
            fileSystems.make(engine, device, id);
            root = fileSystems.mount(id, engine, device, discard);
        }
        faults.reach("disk.mount.mounted");
        return root;
    }

    private Place identified(
            DiskConfiguration configuration,
            Path root,
            DiskEngine engine,
            DiskId id,
            DiskKind kind,
            boolean announced) {
        Path host = kind == DiskKind.IMAGE ? configuration.path() : root;
        if (DiskIdentity.file(root).read().isEmpty()) {
            if (!announced) {
                throw StorageException.corrupt("the file system of disk " + id + " at " + configuration.path()
                        + " has no " + DiskIdentity.FILE + "; restore that file, or use another disk");
            }
            EmptyDirectory.require(root);
            return identities.initialise(id, root, host, engine, kind);
        }
        Place place = identities.accept(configuration, root, host, engine, kind);
        if (!place.id().equals(id)) {
            throw StorageException.corrupt("the file system with the uuid " + id + " at " + configuration.path()
                    + " says that it is disk " + place.id() + "; it was copied: use the original");
        }
        return place;
    }
}
