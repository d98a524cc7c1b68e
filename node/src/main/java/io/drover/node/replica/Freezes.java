package io.drover.node.replica;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Holds writes to volumes for a moment. */
@FunctionalInterface
public interface Freezes {
    /**
     * What was held.
     *
     * @param toTheEnd false if a deadline came before the action's end, so that the copies are only as consistent as after a crash
     * @param frozen the images whose file system was frozen; those that had none mounted are not among them
     */
    record Hold(boolean toTheEnd, Set<Path> frozen) {
        public Hold {
            frozen = Set.copyOf(frozen);
        }
    }

    /**
     * Freezes every file system that is mounted on a device of one of these images, and flushes the devices that carry none (raw block
     * volumes); runs the action; thaws, whatever happens. Images without a device need nothing.
     *
     * @param images head images; all are frozen before the action begins
     * @return what was held until the action's end
     * @throws io.drover.core.error.StorageException if something could not be frozen: the action did not run
     */
    Hold whileFrozen(List<Path> images, Runnable action);
}
