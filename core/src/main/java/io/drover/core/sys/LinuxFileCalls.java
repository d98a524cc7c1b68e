package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Numbers and layouts are those of linux/stat.h and linux/fs.h. */
final class LinuxFileCalls implements FileCalls {
    private static final int STATX_BYTES = 256;
    private static final int STATX_BASIC = 0x7ff;
    private static final int NO_FOLLOW = 0x100;
    private static final int RENAME_NOREPLACE = 1;
    private static final int RENAME_EXCHANGE = 2;
    private static final int TYPE_BLOCK_DEVICE = 0060000;

    private static final long GETFLAGS = 0x80086601L;
    private static final long SETFLAGS = 0x40086602L;
    private static final int FLAG_NOCOW = 0x00800000;

    private final Kernel kernel;

    LinuxFileCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Optional<FileStatus> status(Path file) {
        return status(file, 0);
    }

    @Override
    public Optional<FileStatus> linkStatus(Path file) {
        return status(file, NO_FOLLOW);
    }

    private Optional<FileStatus> status(Path file, int flags) {
        ByteBuffer statx = Kernel.structure(STATX_BYTES);
        try {
            kernel.call(
                    "statx",
                    file,
                    () -> kernel.c().statx(Kernel.CURRENT_DIRECTORY, file.toString(), flags, STATX_BASIC, statx));
        } catch (SystemCallException e) {
            if (e.is(Errno.ENOENT) || e.is(Errno.ENOTDIR)) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.of(new FileStatus(
                new DeviceNumber(statx.getInt(136), statx.getInt(140)),
                statx.getLong(32),
                Short.toUnsignedInt(statx.getShort(28)),
                statx.getInt(20),
                statx.getInt(24),
                new DeviceNumber(statx.getInt(128), statx.getInt(132)),
                statx.getLong(40),
                statx.getLong(48) * 512));
    }

    @Override
    public void createFile(Path file, int permissions) {
        kernel.withFile(file, Kernel.READ_WRITE | Kernel.CREATE | Kernel.EXCLUSIVE, fd -> fd);
        permissions(file, permissions);
    }

    @Override
    public void createDirectory(Path directory, int permissions) {
        kernel.call("mkdir", directory, () -> kernel.c().mkdir(directory.toString(), permissions));
        permissions(directory, permissions);
    }

    @Override
    public boolean removeFile(Path file) {
        return unlessAbsent("unlink", file, () -> kernel.c().unlink(file.toString()));
    }

    @Override
    public boolean removeDirectory(Path directory) {
        return unlessAbsent("rmdir", directory, () -> kernel.c().rmdir(directory.toString()));
    }

    private boolean unlessAbsent(String name, Path path, IntSupplier call) {
        try {
            kernel.call(name, path, call);
            return true;
        } catch (SystemCallException e) {
            if (e.is(Errno.ENOENT)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void resize(Path file, long sizeBytes) {
        kernel.call("truncate", file, () -> kernel.c().truncate(file.toString(), sizeBytes));
    }

    @Override
    public void sync(Path file) {
        kernel.withFile(
                file, Kernel.READ, fd -> kernel.check("fsync", file, kernel.c().fsync(fd)));
    }

    @Override
    public void exchange(Path first, Path second) {
        rename(first, second, RENAME_EXCHANGE);
    }

    @Override
    public void rename(Path from, Path to) {
        rename(from, to, RENAME_NOREPLACE);
    }

    private void rename(Path from, Path to, int flags) {
        int here = Kernel.CURRENT_DIRECTORY;
        kernel.call(
                "renameat2",
                from + " to " + to,
                () -> kernel.c().renameat2(here, from.toString(), here, to.toString(), flags));
    }

    @Override
    public void overwriteInPlace(Path file) {
        kernel.withFile(file, Kernel.READ, fd -> {
            ByteBuffer flags = flags(file, fd);
            flags.putInt(0, flags.getInt(0) | FLAG_NOCOW);
            return kernel.check("FS_IOC_SETFLAGS", file, kernel.c().ioctl(fd, SETFLAGS, flags));
        });
    }

    @Override
    public boolean isOverwrittenInPlace(Path file) {
        return kernel.withFile(file, Kernel.READ, fd -> (flags(file, fd).getInt(0) & FLAG_NOCOW) != 0);
    }

    private ByteBuffer flags(Path file, int fd) {
        ByteBuffer flags = Kernel.structure(Long.BYTES);
        kernel.check("FS_IOC_GETFLAGS", file, kernel.c().ioctl(fd, GETFLAGS, flags));
        return flags;
    }

    @Override
    public void owner(Path file, int uid, int gid) {
        kernel.call("chown", file, () -> kernel.c().chown(file.toString(), uid, gid));
    }

    @Override
    public void permissions(Path file, int permissions) {
        kernel.call("chmod", file, () -> kernel.c().chmod(file.toString(), permissions));
    }

    @Override
    public void createBlockDeviceNode(Path node, DeviceNumber device, int permissions) {
        long number = (device.minor() & 0xffL)
                | (device.major() & 0xfffL) << 8
                | (device.minor() & ~0xffL) << 12
                | (device.major() & ~0xfffL) << 32;
        kernel.call("mknod", node, () -> kernel.c().mknod(node.toString(), TYPE_BLOCK_DEVICE | permissions, number));
    }
}
