package io.drover.node.pool;

import io.drover.core.sys.FileCalls;
import java.nio.file.Path;

/** Homes that are plain directories. */
final class PlainHomes {
    private PlainHomes() {}

    /** Removes the image and the directory, which has nothing else in it. What is absent is no error. */
    static void delete(FileCalls files, Path home) {
        if (files.linkStatus(home).isEmpty()) {
            return;
        }
        files.removeFile(PoolEngine.image(home));
        files.removeDirectory(home);
    }
}
