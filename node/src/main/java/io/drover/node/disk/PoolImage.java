package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.sys.Errno;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopSetup;
import io.drover.core.sys.LoopStatus;
import io.drover.core.sys.SystemCallException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop device below a pool that lives in an image file. */
final class PoolImage {
    /** The image file in the directory that the user gave. */
    static final String FILE = "drover-pool.img";
    /** Begins the names of these loop devices; volumes have another prefix, and their caretakers pass these over. */
    static final String LOOP_PREFIX = "drover-pool:";

    private static final Logger log = LoggerFactory.getLogger(PoolImage.class);
    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    private final FileCalls files;
    private final LoopCalls loops;

    PoolImage(FileCalls files, LoopCalls loops) {
        this.files = files;
        this.loops = loops;
    }

    /** The loop device of the image: the one that it has, or a new one. */
    Path attach(Path image) {
        return find(image).orElseGet(() -> LoopCalls.device(setUp(image)));
    }

    /** The loop device that has the image as its backing file, found by device and inode. */
    Optional<Path> find(Path image) {
        FileStatus status =
                files.status(image).orElseThrow(() -> StorageException.notFound("pool image", image.toString()));
        return loops.numbers().stream()
                .flatMap(number -> loops.answering(number).stream())
                .filter(loop -> loop.isOn(status) && loop.name().startsWith(LOOP_PREFIX))
                .map(LoopStatus::number)
                .map(LoopCalls::device)
                .findFirst();
    }

    /**
     * Lets the device go: now, or when what is mounted on it is unmounted. Also called right after the mount, so that unmounting by
     * whoever leaves nothing behind.
     */
    void release(Path device) {
        LoopCalls.number(device).ifPresent(loops::detach);
    }

    /** Direct I/O where the host's file system can, so that nothing is cached twice; 512-byte blocks where the disk below can. */
    private int setUp(Path image) {
        String name = LOOP_PREFIX + image;
        String cut = name.length() > 40 ? name.substring(0, 40) : name;
        List<LoopSetup> tries = List.of(
                new LoopSetup(image, cut, false, true, SECTOR),
                new LoopSetup(image, cut, false, true, PAGE),
                new LoopSetup(image, cut, false, false, SECTOR));
        @Nullable SystemCallException last = null;
        for (LoopSetup setup : tries) {
            try {
                int number = loops.setUp(setup);
                if (!setup.directIo()) {
                    log.atWarn()
                            .addKeyValue("image", image)
                            .log("pool image without direct I/O: the file system below has none");
                }
                return number;
            } catch (SystemCallException e) {
                if (!e.is(Errno.EINVAL) && !e.is(Errno.EOPNOTSUPP)) {
                    throw e;
                }
                last = e;
            }
        }
        throw Objects.requireNonNull(last);
    }
}
