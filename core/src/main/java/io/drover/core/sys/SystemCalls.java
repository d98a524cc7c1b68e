package io.drover.core.sys;

/**
 * All ports of this package in one hand, for wiring: {@code LinuxSystemCalls.create()} makes the real ones. A service asks for the
 * ports that it needs, not for this record.
 */
public record SystemCalls(
        MountCalls mounts,
        LoopCalls loops,
        BlockDeviceCalls blockDevices,
        FileCalls files,
        ExtentCalls extents,
        FileSystemCalls fileSystems,
        SubvolumeCalls subvolumes) {}
