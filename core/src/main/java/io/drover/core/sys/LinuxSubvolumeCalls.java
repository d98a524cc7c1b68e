package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** Numbers and layouts are those of linux/btrfs.h. */
final class LinuxSubvolumeCalls implements SubvolumeCalls {
    private static final long SUBVOL_CREATE = 0x5000940EL;
    private static final long SNAP_DESTROY = 0x5000940FL;
    private static final long SNAP_CREATE_V2 = 0x50009417L;
    private static final long SUBVOL_GETFLAGS = 0x80089419L;
    private static final long READ_ONLY = 2;
    private static final long TOP_INODE = 256;

    private static final int ARGS_BYTES = 4096;
    /** struct btrfs_ioctl_vol_args: fd, name. */
    private static final int ARGS_NAME = 8;
    /** struct btrfs_ioctl_vol_args_v2: fd, transid, flags, 4 unused, name. */
    private static final int ARGS_V2_FLAGS = 16;

    private static final int ARGS_V2_NAME = 56;
    /** BTRFS_VOL_NAME_MAX, with its NUL. */
    private static final int NAME_BYTES = 256;

    private final Kernel kernel;
    private final FileCalls files;

    LinuxSubvolumeCalls(Kernel kernel, FileCalls files) {
        this.kernel = kernel;
        this.files = files;
    }

    @Override
    public void create(Path subvolume) {
        byName("BTRFS_IOC_SUBVOL_CREATE", SUBVOL_CREATE, subvolume);
    }

    @Override
    public void destroy(Path subvolume) {
        byName("BTRFS_IOC_SNAP_DESTROY", SNAP_DESTROY, subvolume);
    }

    private void byName(String call, long request, Path subvolume) {
        ByteBuffer arguments = Kernel.structure(ARGS_BYTES);
        Kernel.putText(arguments, ARGS_NAME, NAME_BYTES, name(subvolume));
        kernel.withFile(
                parent(subvolume),
                Kernel.READ,
                fd -> kernel.check(call, subvolume, kernel.c().ioctl(fd, request, arguments)));
    }

    @Override
    public void snapshot(Path source, Path target, boolean readOnly) {
        ByteBuffer arguments = Kernel.structure(ARGS_BYTES);
        Kernel.putText(arguments, ARGS_V2_NAME, NAME_BYTES, name(target));
        arguments.putLong(ARGS_V2_FLAGS, readOnly ? READ_ONLY : 0);
        kernel.withFile(source, Kernel.READ, from -> {
            arguments.putLong(0, from);
            return kernel.opened(
                    parent(target),
                    Kernel.READ,
                    fd -> kernel.check(
                            "BTRFS_IOC_SNAP_CREATE_V2",
                            source + " to " + target,
                            kernel.c().ioctl(fd, SNAP_CREATE_V2, arguments)));
        });
    }

    @Override
    public boolean isSubvolume(Path path) {
        return files.linkStatus(path)
                .filter(status -> status.isDirectory() && status.inode() == TOP_INODE)
                .isPresent();
    }

    @Override
    public boolean isReadOnly(Path subvolume) {
        return kernel.withFile(subvolume, Kernel.READ, fd -> {
            ByteBuffer flags = Kernel.structure(Long.BYTES);
            kernel.check("BTRFS_IOC_SUBVOL_GETFLAGS", subvolume, kernel.c().ioctl(fd, SUBVOL_GETFLAGS, flags));
            return (flags.getLong(0) & READ_ONLY) != 0;
        });
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "a subvolume has a parent");
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a subvolume has a name")
                .toString();
    }
}
