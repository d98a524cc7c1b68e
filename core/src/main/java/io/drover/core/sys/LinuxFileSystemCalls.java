package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Numbers and layouts are those of linux/fs.h and, for the shutdown, of XFS. struct statfs is that of 64-bit Linux. */
final class LinuxFileSystemCalls implements FileSystemCalls {
    private static final long FREEZE = 0xC0045877L;
    private static final long THAW = 0xC0045878L;
    private static final long TRIM = 0xC0185879L;
    private static final long GOING_DOWN = 0x8004587DL;
    private static final int GOING_DOWN_WITHOUT_LOG = 2;
    private static final long READ_ONLY = 1;
    private static final int STATFS_BYTES = 120;

    private final Kernel kernel;

    LinuxFileSystemCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public FileSystemStatistics statistics(Path directory) {
        ByteBuffer statfs = Kernel.structure(STATFS_BYTES);
        kernel.call("statfs", directory, () -> kernel.c().statfs(directory.toString(), statfs));
        long blockSize = statfs.getLong(8);
        return new FileSystemStatistics(
                statfs.getLong(0) & 0xffffffffL,
                blockSize,
                statfs.getLong(16) * blockSize,
                statfs.getLong(24) * blockSize,
                statfs.getLong(32) * blockSize,
                statfs.getLong(40),
                statfs.getLong(48),
                (statfs.getLong(80) & READ_ONLY) != 0);
    }

    @Override
    public void freeze(Path directory) {
        request(directory, "FIFREEZE", FREEZE);
    }

    @Override
    public void thaw(Path directory) {
        request(directory, "FITHAW", THAW);
    }

    @Override
    public long trim(Path directory) {
        return kernel.withFile(directory, Kernel.READ, fd -> {
            ByteBuffer range = Kernel.structure(24);
            range.putLong(8, Long.MAX_VALUE);
            kernel.check("FITRIM", directory, kernel.c().ioctl(fd, TRIM, range));
            return range.getLong(8);
        });
    }

    @Override
    public void sync(Path directory) {
        kernel.withFile(
                directory,
                Kernel.READ,
                fd -> kernel.check("syncfs", directory, kernel.c().syncfs(fd)));
    }

    @Override
    public void shutDownWithoutFlush(Path directory) {
        kernel.withFile(directory, Kernel.READ, fd -> {
            ByteBuffer flags = Kernel.structure(Integer.BYTES);
            flags.putInt(0, GOING_DOWN_WITHOUT_LOG);
            return kernel.check("XFS_IOC_GOINGDOWN", directory, kernel.c().ioctl(fd, GOING_DOWN, flags));
        });
    }

    private void request(Path directory, String name, long request) {
        kernel.withFile(
                directory,
                Kernel.READ,
                fd -> kernel.check(name, directory, kernel.c().ioctl(fd, request, 0L)));
    }
}
