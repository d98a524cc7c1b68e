package io.drover.core.sys;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.Variadic;
import org.jspecify.annotations.Nullable;

/**
 * The functions of the C library that are called, by their C signatures. Structures are direct byte buffers in the layout of the
 * kernel's headers. All fail with -1 and errno. Public only because the binding that jnr generates is a class of another loader.
 */
public interface LibC {
    @Variadic(fixedCount = 2)
    int open(String path, int flags, int mode);

    int close(int fd);

    @Variadic(fixedCount = 2)
    int ioctl(int fd, long request, long value);

    @Variadic(fixedCount = 2)
    int ioctl(int fd, long request, ByteBuffer structure);

    int mount(String source, String target, @Nullable String type, long flags, @Nullable String data);

    int umount2(String target, int flags);

    int fsync(int fd);

    int syncfs(int fd);

    int fallocate(int fd, int mode, long offset, long length);

    int truncate(String path, long length);

    int renameat2(int fromDirectory, String from, int toDirectory, String to, int flags);

    int chown(String path, int uid, int gid);

    int chmod(String path, int mode);

    int mkdir(String path, int mode);

    int unlink(String path);

    int rmdir(String path);

    int mknod(String path, int mode, long device);

    int statfs(String path, ByteBuffer structure);

    int statx(int directory, String path, int flags, int mask, ByteBuffer structure);
}
