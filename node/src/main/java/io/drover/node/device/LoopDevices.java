package io.drover.node.device;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopEntry;
import io.drover.core.sys.LoopSetup;
import io.drover.core.sys.LoopStatus;
import io.drover.core.sys.SystemCallException;
import io.drover.core.time.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loop devices on image files: direct I/O, so that the page cache holds the data once and a flush reaches the disk. Every method asks
 * the kernel anew; calling one again after success does nothing. One caller at a time per image: the guard of the volume's operation
 * sees to that.
 */
public final class LoopDevices {
    private static final Logger log = LoggerFactory.getLogger(LoopDevices.class);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int STEPS = 100;
    /** A file that has just answered does not lie on a dead file system. */
    private static final Predicate<Path> UNCONCERNED = path -> false;

    private final LoopCalls loops;
    private final FileCalls files;
    private final Pause pause;

    public LoopDevices(LoopCalls loops, FileCalls files, Pause pause) {
        this.loops = loops;
        this.files = files;
        this.pause = pause;
    }

    /**
     * The device on an image, made if there is none.
     *
     * @throws StorageException NOT_FOUND if there is no such file, IN_USE if somebody else has a device for writing on it, BUSY if an
     *     earlier device is still open somewhere
     */
    public LoopDevice attach(Path image, LoopLabel label, boolean readOnly, BlockBytes blocks) {
        FileStatus status = files.status(image)
                .filter(FileStatus::isRegularFile)
                .orElseThrow(() -> StorageException.notFound("image", image.toString()));
        for (LoopDevice device : on(status)) {
            if (device.leaving()) {
                awaitGone(device);
            } else if (device.label().equals(label) && device.readOnly() == readOnly) {
                return device;
            } else if (!device.readOnly() && !device.label().equals(label) && !readOnly) {
                throw StorageException.inUse("cannot attach " + image + ": " + device.path() + " (label \""
                        + device.label() + "\") is a device for writing on it already; detach that one");
            }
        }
        return setUp(image, status, label, readOnly, blocks);
    }

    /** All devices on an image, whoever made them. Empty if there is no such file. */
    public List<LoopDevice> on(Path image) {
        return files.status(image).map(this::on).orElse(List.of());
    }

    /**
     * All loop devices of the host that have a backing file, whoever made them, by number; without those on file systems that are dead,
     * of which the kernel tells nothing.
     */
    public List<LoopDevice> list() {
        return list(status -> true, UNCONCERNED);
    }

    /** As {@link #list()}, those with such a label. */
    public List<LoopDevice> labelled(Predicate<LoopLabel> wanted) {
        return list(status -> wanted.test(new LoopLabel(status.name())), UNCONCERNED);
    }

    /**
     * As {@link #labelled}, for labels of one volume.
     *
     * @throws SystemCallException EIO and the like if a device on a dead file system may be one of them, by its path: then nobody knows
     */
    public List<LoopDevice> labelled(VolumeId volume, Predicate<LoopLabel> wanted) {
        Path folder = Path.of(volume.value());
        return list(
                status -> wanted.test(new LoopLabel(status.name())),
                path -> StreamSupport.stream(path.spliterator(), false).anyMatch(folder::equals));
    }

    /** The device of this number, or empty if it has no backing file. */
    public Optional<LoopDevice> find(int number) {
        return loops.find(number).flatMap(entry -> loops.status(number).map(status -> describe(entry, status)));
    }

    /**
     * Takes the backing file off, and waits until that is so. A device that is gone or that has another backing file by now is left
     * alone.
     *
     * @throws StorageException BUSY if somebody still has the device open; it goes by itself when that ends
     */
    public void detach(LoopDevice device) {
        if (isThere(device)) {
            loops.detach(device.number());
            awaitGone(device);
        }
    }

    /** Lets the device have the size of its backing file, after that has grown; returns the size in bytes. */
    public long refreshSize(LoopDevice device) {
        loops.refreshSize(device.number());
        return find(device.number()).map(LoopDevice::sizeBytes).orElse(device.sizeBytes());
    }

    /** As {@link #on(Path)}, among devices that were listed before. */
    public List<LoopDevice> on(Path image, List<LoopDevice> listed) {
        return files.status(image)
                .map(status ->
                        listed.stream().filter(device -> device.isOn(status)).toList())
                .orElse(List.of());
    }

    private List<LoopDevice> on(FileStatus image) {
        return list(status -> status.isOn(image), UNCONCERNED);
    }

    /**
     * The status tells most devices apart; only of the wanted ones is the rest read, which costs four small files each.
     *
     * @param concerned by the path of a backing file that does not answer: whether it may be one of the wanted
     */
    private List<LoopDevice> list(Predicate<LoopStatus> wanted, Predicate<Path> concerned) {
        return loops.numbers().stream()
                .flatMap(number -> answer(number, concerned).stream())
                .filter(wanted)
                .flatMap(status -> loops.find(status.number()).stream().map(entry -> describe(entry, status)))
                .toList();
    }

    private Optional<LoopStatus> answer(int number, Predicate<Path> concerned) {
        Optional<LoopStatus> status = loops.answering(number);
        boolean unknown = status.isEmpty()
                && loops.find(number)
                        .filter(entry -> concerned.test(Path.of(entry.backingFile())))
                        .isPresent();
        return unknown ? loops.status(number) : status;
    }

    private static LoopDevice describe(LoopEntry entry, LoopStatus status) {
        return new LoopDevice(
                entry.number(),
                new LoopLabel(status.name()),
                status.backingDevice(),
                status.backingInode(),
                Path.of(entry.backingFile()),
                entry.deleted(),
                status.readOnly(),
                status.directIo(),
                status.autoClear(),
                entry.sizeBytes());
    }

    /**
     * Direct I/O needs blocks no smaller than the backing device's, which only trying tells. The kernel either refuses (EINVAL) or
     * quietly goes without; both are seen here.
     */
    private LoopDevice setUp(Path image, FileStatus status, LoopLabel label, boolean readOnly, BlockBytes blocks) {
        if (blocks.allowsDirectIo()) {
            Optional<LoopDevice> device = trySetUp(new LoopSetup(image, label.text(), readOnly, true, blocks.value()));
            if (device.isPresent() && device.get().directIo()) {
                return checked(device.get(), image, status);
            }
            device.ifPresent(this::detach);
            log.atWarn()
                    .addKeyValue("image", image)
                    .log("the file system below cannot do direct I/O: data is cached twice and costs more memory");
        }
        LoopSetup plain = new LoopSetup(image, label.text(), readOnly, false, blocks.value());
        return checked(
                trySetUp(plain)
                        .orElseThrow(() -> new StorageException(
                                ErrorCode.INTERNAL,
                                "cannot attach " + image + ": the kernel refuses a loop device on it")),
                image,
                status);
    }

    private Optional<LoopDevice> trySetUp(LoopSetup setup) {
        try {
            return find(loops.setUp(setup));
        } catch (SystemCallException e) {
            if (e.is(Errno.EINVAL)) {
                return Optional.empty();
            }
            throw StorageException.internal(
                    "cannot attach " + setup.backing() + " to a loop device: " + e.getMessage(), e);
        }
    }

    private LoopDevice checked(LoopDevice device, Path image, FileStatus expected) {
        if (!device.isOn(expected)) {
            detach(device);
            throw StorageException.busy("cannot attach " + image + ": the file was replaced meanwhile; call again");
        }
        return device;
    }

    private void awaitGone(LoopDevice device) {
        for (int step = 0; step < STEPS; step++) {
            if (!isThere(device)) {
                return;
            }
            pause.forDuration(STEP);
        }
        throw StorageException.busy("cannot detach " + device.path() + " from " + device.backingFile()
                + ": a process still has it open; end that process, the device goes by itself then");
    }

    private boolean isThere(LoopDevice device) {
        Optional<LoopStatus> status = loops.status(device.number());
        return status.isPresent()
                && status.get().backingInode() == device.backingInode()
                && status.get().backingDevice().equals(device.backingDevice());
    }
}
