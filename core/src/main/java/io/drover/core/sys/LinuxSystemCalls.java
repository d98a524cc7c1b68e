package io.drover.core.sys;

import java.nio.file.Path;

/** Makes the ports for the Linux that this process runs on. */
public final class LinuxSystemCalls {
    private LinuxSystemCalls() {}

    /** All ports, on one pool of threads. One per process is enough; its threads are daemons and end when idle. */
    public static SystemCalls create() {
        Kernel kernel = new Kernel();
        FileCalls files = new LinuxFileCalls(kernel);
        return new SystemCalls(
                new LinuxMountCalls(kernel, Path.of("/proc/self/mountinfo")),
                new LinuxLoopCalls(kernel, new SysfsLoops(Path.of("/sys/block")), files),
                new LinuxBlockDeviceCalls(kernel),
                files,
                new LinuxExtentCalls(kernel),
                new LinuxFileSystemCalls(kernel),
                new LinuxSubvolumeCalls(kernel, files));
    }
}
