package io.drover.node.stage;

import io.drover.core.fault.FaultPoints;
import io.drover.core.guard.OperationGuard;
import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.MountCalls;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevices;
import io.drover.node.device.OwnDevices;
import io.drover.node.filesystem.FileSystems;
import java.nio.file.Path;

/**
 * What the services of this package are made of, for wiring.
 *
 * @param guard of the volumes of this host, shared with the agent, so that no revert meets a stage
 * @param state a directory of ours that survives a restart of the program
 */
public record StageParts(
        OperationGuard guard,
        VolumePaths paths,
        LoopDevices devices,
        OwnDevices ownDevices,
        DeviceUses uses,
        MountCalls mounts,
        BlockDeviceCalls blockDevices,
        FileSystemCalls fileSystemCalls,
        FileSystems fileSystems,
        Publications publications,
        Path state,
        FaultPoints faults) {}
