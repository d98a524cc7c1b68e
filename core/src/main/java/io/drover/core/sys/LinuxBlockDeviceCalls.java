package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Numbers are those of linux/fs.h. */
final class LinuxBlockDeviceCalls implements BlockDeviceCalls {
    private static final long BLKROGET = 0x125E;
    private static final long BLKFLSBUF = 0x1261;
    private static final long BLKSSZGET = 0x1268;
    private static final long BLKGETSIZE64 = 0x80081272L;

    private final Kernel kernel;

    LinuxBlockDeviceCalls(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public long sizeBytes(Path device) {
        return ask("BLKGETSIZE64", device, BLKGETSIZE64).getLong(0);
    }

    @Override
    public boolean isReadOnly(Path device) {
        return ask("BLKROGET", device, BLKROGET).getInt(0) != 0;
    }

    @Override
    public int logicalBlockSize(Path device) {
        return ask("BLKSSZGET", device, BLKSSZGET).getInt(0);
    }

    @Override
    public void flush(Path device) {
        kernel.withFile(device, Kernel.READ, fd -> {
            kernel.check("fsync", device, kernel.c().fsync(fd));
            return kernel.check("BLKFLSBUF", device, kernel.c().ioctl(fd, BLKFLSBUF, 0L));
        });
    }

    @Override
    public boolean isHeld(Path device) {
        try {
            return kernel.withFile(device, Kernel.READ | Kernel.EXCLUSIVE, fd -> false);
        } catch (SystemCallException e) {
            if (e.is(Errno.EBUSY)) {
                return true;
            }
            throw e;
        }
    }

    private ByteBuffer ask(String name, Path device, long request) {
        return kernel.withFile(device, Kernel.READ, fd -> {
            ByteBuffer answer = Kernel.structure(Long.BYTES);
            try {
                kernel.check(name, device, kernel.c().ioctl(fd, request, answer));
            } catch (SystemCallException e) {
                // What is no block device does not know the request.
                throw e.is(Errno.ENOTTY) ? new SystemCallException(name, device.toString(), Errno.ENOTBLK) : e;
            }
            return answer;
        });
    }
}
