package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Numbers and layouts are those of linux/fiemap.h, linux/fs.h and linux/falloc.h. */
final class LinuxExtentCalls implements ExtentCalls {
    private static final long FICLONE = 0x40049409L;
    private static final long FIEMAP = 0xC020660BL;
    private static final int PUNCH_HOLE_KEEP_SIZE = 0x02 | 0x01;

    private static final int HEADER_BYTES = 32;
    private static final int EXTENT_BYTES = 56;
    private static final int EXTENTS_PER_CALL = 4096;
    private static final int SYNC = 1;

    private static final int LAST = 0x1;
    /** UNKNOWN, DELALLOC, ENCODED, DATA_ENCRYPTED, NOT_ALIGNED, DATA_INLINE, DATA_TAIL. */
    private static final int NOT_COMPARABLE = 0x2 | 0x4 | 0x8 | 0x80 | 0x100 | 0x200 | 0x400;

    private static final int UNWRITTEN = 0x800;
    private static final int SHARED = 0x2000;

    private final Kernel kernel;

    LinuxExtentCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<FileExtent> extents(Path file) {
        return kernel.withFile(file, Kernel.READ, fd -> {
            List<FileExtent> extents = new ArrayList<>();
            ByteBuffer map = Kernel.structure(HEADER_BYTES + EXTENTS_PER_CALL * EXTENT_BYTES);
            long start = 0;
            while (true) {
                map.putLong(0, start);
                map.putLong(8, Long.MAX_VALUE - start);
                // What is dirty is written before the first page, and must not move the rest once more.
                map.putInt(16, start == 0 ? SYNC : 0);
                map.putInt(20, 0);
                map.putInt(24, EXTENTS_PER_CALL);
                kernel.check("FIEMAP", file, kernel.c().ioctl(fd, FIEMAP, map));
                int mapped = map.getInt(20);
                if (mapped == 0) {
                    return extents;
                }
                int flags = 0;
                for (int i = 0; i < mapped; i++) {
                    int at = HEADER_BYTES + i * EXTENT_BYTES;
                    flags = map.getInt(at + 40);
                    add(extents, map.getLong(at), map.getLong(at + 8), map.getLong(at + 16), flags);
                }
                if ((flags & LAST) != 0) {
                    return extents;
                }
                long next = extents.isEmpty() ? 0 : extents.getLast().end();
                if (next <= start) {
                    throw new IllegalStateException("FIEMAP " + file + ": the answer does not go on behind " + start);
                }
                start = next;
            }
        });
    }

    /** An extent that reaches back into the one before is one that the next page began with again. */
    private static void add(List<FileExtent> extents, long offset, long physical, long length, int flags) {
        long end = extents.isEmpty() ? 0 : extents.getLast().end();
        long skip = Math.max(0, end - offset);
        if (skip >= length) {
            return;
        }
        extents.add(new FileExtent(
                offset + skip,
                physical + skip,
                length - skip,
                (flags & UNWRITTEN) != 0,
                (flags & SHARED) != 0,
                (flags & NOT_COMPARABLE) == 0));
    }

    @Override
    public void cloneContent(Path source, Path target) {
        kernel.withFile(
                source,
                Kernel.READ,
                from -> kernel.opened(
                        target,
                        Kernel.READ_WRITE,
                        to -> kernel.check(
                                "FICLONE", source + " to " + target, kernel.c().ioctl(to, FICLONE, (long) from))));
    }

    @Override
    public void punchHole(Path file, long offset, long length) {
        kernel.withFile(
                file,
                Kernel.READ_WRITE,
                fd -> kernel.check(
                        "fallocate (punch hole)",
                        file,
                        kernel.c().fallocate(fd, PUNCH_HOLE_KEEP_SIZE, offset, length)));
    }
}
