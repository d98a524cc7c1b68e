package io.drover.node.pool;

import static io.drover.node.pool.PoolErrors.translated;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileExtent;
import io.drover.core.sys.FileStatus;
import io.drover.node.extent.Extent;
import io.drover.node.extent.ExtentMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What both engines have in common: questions to an image, and its growth. */
abstract class ImagePool implements PoolEngine {
    static final int HOME_PERMISSIONS = 0700;
    static final int WRITABLE = 0600;

    private static final int COMPARE_ATTEMPTS = 10;

    final FileCalls files;
    final ExtentCalls extents;

    ImagePool(FileCalls files, ExtentCalls extents) {
        this.files = files;
        this.extents = extents;
    }

    /** Whether the file system may move data of a file that nobody writes to. */
    abstract boolean movesData();

    @Override
    public void grow(Path home, ByteSize size) {
        Path image = PoolEngine.image(home);
        ByteSize now = size(home);
        if (now.isLargerThan(size)) {
            throw StorageException.outOfRange(
                    "cannot grow " + image + " to " + size + ": it has " + now + " already, and volumes never shrink");
        }
        translated("grow", home, () -> {
            if (size.isLargerThan(now)) {
                files.resize(image, size.bytes());
            }
            // Also for a repeat: the call before may have ended between the two.
            files.sync(image);
        });
    }

    @Override
    public ByteSize size(Path home) {
        Path image = PoolEngine.image(home);
        FileStatus status = translated("look at", home, () -> files.status(image))
                .orElseThrow(() -> StorageException.notFound("image", image.toString()));
        return new ByteSize(status.sizeBytes());
    }

    @Override
    public PoolUsage usage(Path home) {
        long allocated = 0;
        long exclusive = 0;
        for (FileExtent extent : read(home)) {
            allocated += extent.length();
            exclusive += extent.shared() ? 0 : extent.length();
        }
        return new PoolUsage(new ByteSize(allocated), new ByteSize(exclusive));
    }

    @Override
    public List<ByteRange> allocated(Path home) {
        return map(home).allocated();
    }

    /**
     * A file system that moves data frees the old place, where other data may come to lie: a map of the base from before the move and
     * one of the home from after it could show one place with two contents. So the base is read again, until it stood still.
     */
    @Override
    public List<ByteRange> changed(Path base, Path home) {
        ExtentMap before = map(base);
        for (int attempt = 0; attempt < COMPARE_ATTEMPTS; attempt++) {
            ExtentMap now = map(home);
            if (!movesData()) {
                return now.changedSince(before);
            }
            ExtentMap again = map(base);
            if (again.equals(before)) {
                return now.changedSince(before);
            }
            before = again;
        }
        throw StorageException.unavailable("cannot compare " + home + " with " + base
                + ": the file system moves its data about; try again when its balance is done");
    }

    private ExtentMap map(Path home) {
        ByteSize size = size(home);
        return ExtentMap.clipped(
                size.bytes(),
                read(home).stream()
                        .filter(extent -> !extent.unwritten())
                        .map(extent ->
                                new Extent(extent.offset(), extent.physical(), extent.length(), extent.comparable()))
                        .toList());
    }

    private List<FileExtent> read(Path home) {
        return translated("read the extents of", home, () -> extents.extents(PoolEngine.image(home)));
    }

    /** Makes the file of zeros. */
    final void makeImage(Path image, ByteSize size, boolean inPlace) {
        files.createFile(image, WRITABLE);
        if (inPlace) {
            files.overwriteInPlace(image);
        }
        files.resize(image, size.bytes());
        files.sync(image);
    }

    /** Runs the steps that make a home, and removes what there is of it if one of them fails. */
    final void making(String operation, Path home, Runnable first, Runnable rest) {
        // The first step fails if the name is taken: nothing of this call's is there to remove then.
        translated(operation, home, first);
        try {
            translated(operation, home, rest);
        } catch (RuntimeException e) {
            try {
                deleteHome(home);
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    final void requireImage(Path home) {
        size(home);
    }

    static Path parent(Path home) {
        return Objects.requireNonNull(home.toAbsolutePath().getParent(), "a home has a parent directory");
    }
}
