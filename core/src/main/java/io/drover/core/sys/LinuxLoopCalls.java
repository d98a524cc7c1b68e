package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Numbers and layouts are those of linux/loop.h. */
final class LinuxLoopCalls implements LoopCalls {
    private static final Path CONTROL = Path.of("/dev/loop-control");
    private static final int MAJOR = 7;
    private static final int ATTEMPTS = 64;

    private static final long CLR_FD = 0x4C01;
    private static final long GET_STATUS64 = 0x4C05;
    private static final long SET_CAPACITY = 0x4C07;
    private static final long SET_DIRECT_IO = 0x4C08;
    private static final long CONFIGURE = 0x4C0A;
    private static final long CTL_GET_FREE = 0x4C82;

    private static final int FLAG_READ_ONLY = 1;
    private static final int FLAG_AUTOCLEAR = 4;
    private static final int FLAG_DIRECT_IO = 16;

    /** struct loop_info64. */
    private static final int INFO_BYTES = 232;

    private static final int INFO_DEVICE = 0;
    private static final int INFO_INODE = 8;
    private static final int INFO_FLAGS = 52;
    private static final int INFO_NAME = 56;
    private static final int INFO_NAME_BYTES = 64;
    /** struct loop_config: fd, block size, then a loop_info64. */
    private static final int CONFIG_BYTES = 304;

    private static final int CONFIG_INFO = 8;

    private final Kernel kernel;
    private final SysfsLoops sysfs;
    private final FileCalls files;

    LinuxLoopCalls(Kernel kernel, SysfsLoops sysfs, FileCalls files) {
        this.kernel = kernel;
        this.sysfs = sysfs;
        this.files = files;
    }

    @Override
    public int setUp(LoopSetup setup) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int number = kernel.withFile(
                    CONTROL,
                    Kernel.READ_WRITE,
                    fd -> kernel.check("LOOP_CTL_GET_FREE", CONTROL, kernel.c().ioctl(fd, CTL_GET_FREE, 0L)));
            makeNode(number);
            if (configure(number, setup)) {
                return number;
            }
        }
        throw new SystemCallException("LOOP_CONFIGURE", setup.backing().toString(), Errno.EBUSY);
    }

    /** The kernel makes the node in devtmpfs; a container may have a plain directory as its /dev. */
    private void makeNode(int number) {
        Path node = LoopCalls.device(number);
        if (files.status(node).isPresent()) {
            return;
        }
        try {
            files.createBlockDeviceNode(node, new DeviceNumber(MAJOR, number), 0660);
        } catch (SystemCallException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
        }
    }

    /** False if somebody else took the device in the meantime. */
    private boolean configure(int number, LoopSetup setup) {
        int mode = setup.readOnly() ? Kernel.READ : Kernel.READ_WRITE;
        Path device = LoopCalls.device(number);
        return kernel.withFile(
                setup.backing(),
                mode,
                backing -> kernel.opened(device, mode, fd -> {
                    ByteBuffer config = Kernel.structure(CONFIG_BYTES);
                    config.putInt(0, backing);
                    config.putInt(4, setup.blockSize());
                    int flags = (setup.readOnly() ? FLAG_READ_ONLY : 0) | (setup.directIo() ? FLAG_DIRECT_IO : 0);
                    config.putInt(CONFIG_INFO + INFO_FLAGS, flags);
                    Kernel.putText(config, CONFIG_INFO + INFO_NAME, INFO_NAME_BYTES, setup.name());
                    try {
                        kernel.check(
                                "LOOP_CONFIGURE",
                                device + " for " + setup.backing(),
                                kernel.c().ioctl(fd, CONFIGURE, config));
                        return true;
                    } catch (SystemCallException e) {
                        if (e.is(Errno.EBUSY)) {
                            return false;
                        }
                        throw e;
                    }
                }));
    }

    @Override
    public Optional<LoopStatus> status(int number) {
        Path device = LoopCalls.device(number);
        return unlessFree(() -> kernel.withFile(device, Kernel.READ, fd -> {
            ByteBuffer info = Kernel.structure(INFO_BYTES);
            kernel.check("LOOP_GET_STATUS64", device, kernel.c().ioctl(fd, GET_STATUS64, info));
            int flags = info.getInt(INFO_FLAGS);
            return new LoopStatus(
                    number,
                    DeviceNumber.of(info.getLong(INFO_DEVICE)),
                    info.getLong(INFO_INODE),
                    Kernel.text(info, INFO_NAME, INFO_NAME_BYTES),
                    (flags & FLAG_READ_ONLY) != 0,
                    (flags & FLAG_DIRECT_IO) != 0,
                    (flags & FLAG_AUTOCLEAR) != 0);
        }));
    }

    @Override
    public void detach(int number) {
        Path device = LoopCalls.device(number);
        unlessFree(() -> kernel.withFile(
                device,
                Kernel.READ,
                fd -> kernel.check("LOOP_CLR_FD", device, kernel.c().ioctl(fd, CLR_FD, 0L))));
    }

    @Override
    public void refreshSize(int number) {
        request(number, "LOOP_SET_CAPACITY", SET_CAPACITY, 0);
    }

    @Override
    public void directIo(int number, boolean on) {
        request(number, "LOOP_SET_DIRECT_IO", SET_DIRECT_IO, on ? 1 : 0);
    }

    /** A container that was started anew has only the nodes of its image: a device without one would look free to {@link #status}. */
    @Override
    public List<Integer> numbers() {
        List<Integer> numbers = sysfs.numbers();
        numbers.forEach(this::makeNode);
        return numbers;
    }

    @Override
    public Optional<LoopEntry> find(int number) {
        Optional<LoopEntry> entry = sysfs.find(number);
        entry.ifPresent(found -> makeNode(found.number()));
        return entry;
    }

    @Override
    public List<LoopEntry> list() {
        return numbers().stream().flatMap(number -> sysfs.find(number).stream()).toList();
    }

    private void request(int number, String name, long request, long value) {
        Path device = LoopCalls.device(number);
        kernel.withFile(
                device, Kernel.READ, fd -> kernel.check(name, device, kernel.c().ioctl(fd, request, value)));
    }

    /** ENXIO: the device has no backing file. ENOENT: no such device node. */
    private static <T> Optional<T> unlessFree(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (SystemCallException e) {
            if (e.is(Errno.ENXIO) || e.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
