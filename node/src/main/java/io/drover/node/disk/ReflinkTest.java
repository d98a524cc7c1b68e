package io.drover.node.disk;

import io.drover.core.sys.Errno;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.SystemCallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a directory's file system can share content between files: tried, since XFS may be made without. */
final class ReflinkTest {
    static final String SOURCE = ".drover-reflink-source";
    static final String TARGET = ".drover-reflink-target";
    private static final int BYTES = 4096;

    private final FileCalls files;
    private final ExtentCalls extents;

    ReflinkTest(FileCalls files, ExtentCalls extents) {
        this.files = files;
        this.extents = extents;
    }

    /** Clones a small file in the directory, and leaves nothing behind. */
    boolean works(Path directory) {
        Path source = directory.resolve(SOURCE);
        Path target = directory.resolve(TARGET);
        try {
            Files.write(source, new byte[BYTES]);
            Files.write(target, new byte[0]);
            files.sync(source);
            extents.cloneContent(source, target);
            return true;
        } catch (SystemCallException e) {
            if (e.is(Errno.EOPNOTSUPP) || e.is(Errno.ENOTTY)) {
                return false;
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot try " + directory, e);
        } finally {
            delete(source);
            delete(target);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
