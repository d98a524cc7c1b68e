package io.drover.node.usage;

import io.drover.core.error.StorageException;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.DeviceUses;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.LoopDevices;
import io.drover.node.mount.MountTable;
import io.drover.node.replica.ReplicaUse;
import io.drover.node.replica.ReplicaUsers;
import io.drover.node.stage.Publication;
import io.drover.node.stage.Publications;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The users of a head image, from the kernel's loop devices and mounts; the pods' names from what was published. */
public final class MountedUsers implements ReplicaUsers {
    private final LoopDevices devices;
    private final DeviceUses uses;
    private final MountCalls mounts;
    private final Publications publications;

    public MountedUsers(LoopDevices devices, DeviceUses uses, MountCalls mounts, Publications publications) {
        this.devices = devices;
        this.uses = uses;
        this.mounts = mounts;
        this.publications = publications;
    }

    @Override
    public ReplicaUse of(VolumeId volume, Path image) {
        return look(volume, () -> of(volume, devices.on(image), () -> new MountTable(mounts.mounts())));
    }

    @Override
    public ReplicaUsers atOnce() {
        List<LoopDevice> listed = devices.list();
        MountTable table = new MountTable(mounts.mounts());
        return (volume, image) -> look(volume, () -> of(volume, devices.on(image, listed), () -> table));
    }

    private ReplicaUse of(VolumeId volume, List<LoopDevice> found, Supplier<MountTable> mountTable) {
        if (found.isEmpty()) {
            return ReplicaUse.NONE;
        }
        MountTable table = mountTable.get();
        // A device that leaves with its last user is still one as long as it has users: somebody detached it under a
        // mount.
        List<LoopDevice> attached = found.stream()
                .filter(device -> !device.leaving() || !uses.of(device, table).isEmpty())
                .toList();
        if (attached.isEmpty()) {
            return ReplicaUse.NONE;
        }
        Map<String, String> pods = pods(volume);
        List<ReplicaUse.User> users = attached.stream()
                .flatMap(device -> uses.of(device, table).stream())
                .map(Mount::target)
                .map(Path::toString)
                .distinct()
                .map(target -> new ReplicaUse.User(target, pods.getOrDefault(target, "")))
                .toList();
        return new ReplicaUse(Optional.of(attached.getFirst().path().toString()), users);
    }

    private static ReplicaUse look(VolumeId volume, Supplier<ReplicaUse> question) {
        try {
            return question.get();
        } catch (SystemCallException e) {
            throw StorageException.unavailable(
                    "cannot tell who uses volume " + volume + ": " + e.getMessage() + "; the same call later may work");
        }
    }

    private Map<String, String> pods(VolumeId volume) {
        return publications.of(volume).stream()
                .filter(publication -> publication.pod().isPresent())
                .collect(Collectors.toMap(
                        Publication::target, publication -> publication.pod().orElseThrow(), (one, other) -> other));
    }
}
