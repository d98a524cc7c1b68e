package io.drover.node.replica;

import java.nio.file.Path;
import java.util.List;

/** Holds writes to volumes for a moment. */
@FunctionalInterface
public interface Freezes {
    /**
     * Freezes every file system that is mounted on a device of one of these images, and flushes the devices that carry none (raw block
     * volumes); runs the action; thaws, whatever happens. Images without a device need nothing.
     *
     * @param images head images; all are frozen before the action begins
     * @return whether all of it was held until the action's end; false if a deadline came first, so that the copies are only as
     *     consistent as after a crash
     * @throws io.drover.core.error.StorageException if something could not be frozen: the action did not run
     */
    boolean whileFrozen(List<Path> images, Runnable action);
}
