package io.drover.controller.operations;

import io.drover.controller.host.DiskState;
import io.drover.controller.host.ReplicaState;
import io.drover.controller.host.ReplicaUser;
import io.drover.controller.host.SnapshotCopy;
import io.drover.controller.volume.VolumeCondition;
import io.drover.core.model.GroupId;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Snapshot;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeSource;
import io.drover.core.parameters.ParameterReader;
import io.drover.core.parameters.SettingsReader;
import io.drover.core.rpc.Timestamps;
import io.drover.proto.operations.v1.DiskSummary;
import io.drover.proto.operations.v1.Job;
import io.drover.proto.operations.v1.Replica;
import io.drover.proto.operations.v1.Setting;
import io.drover.proto.operations.v1.SnapshotSummary;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The values of the services as messages of {@code operations.proto}. */
final class OperationsMessages {
    private static final long UNKNOWN = -1;

    private OperationsMessages() {}

    static VolumeSummary volume(Volume volume, VolumeCondition condition, int snapshots, OptionalLong allocated) {
        return VolumeSummary.newBuilder()
                .setName(volume.id().value())
                .setSizeBytes(volume.size().bytes())
                .setState(word(volume.state()))
                .setFileSystem(
                        volume.mountAllowed() ? volume.parameters().fsType().text() : "")
                .setNode(volume.attachment()
                        .map(attachment -> attachment.node().value())
                        .orElse(""))
                .setReplicasWanted(volume.parameters().numberOfReplicas())
                .setReplicasPresent(volume.placements().size())
                .setSnapshots(snapshots)
                .setAbnormal(condition.abnormal())
                .setCondition(condition.message())
                .setCreated(Timestamps.of(volume.createdAt()))
                .setAllocatedBytes(allocated.orElse(UNKNOWN))
                .build();
    }

    static VolumeDetail detail(io.drover.controller.volume.VolumeDetail detail) {
        Volume volume = detail.volume();
        long allocated = detail.replicas().stream()
                .mapToLong(replica -> replica.allocatedBytes().orElse(UNKNOWN))
                .max()
                .orElse(UNKNOWN);
        return VolumeDetail.newBuilder()
                .setSummary(volume(
                        volume,
                        detail.condition(),
                        detail.snapshots().size(),
                        allocated < 0 ? OptionalLong.empty() : OptionalLong.of(allocated)))
                .putAllParameters(ParameterReader.write(volume.parameters()))
                .addAllRecurringJobs(volume.parameters().recurringJobs().stream()
                        .map(OperationsMessages::job)
                        .toList())
                .setDevice(detail.replicas().stream()
                        .map(ReplicaState::device)
                        .filter(device -> !device.isEmpty())
                        .findFirst()
                        .orElse(""))
                .addAllUsedBy(detail.replicas().stream()
                        .flatMap(replica -> replica.users().stream())
                        .map(ReplicaUser::toString)
                        .toList())
                .addAllReplicas(volume.placements().stream()
                        .map(place -> replica(place, detail.disks()))
                        .toList())
                .addAllSnapshots(detail.snapshots().stream()
                        .map(snapshot -> snapshot(snapshot, exclusive(detail.replicas())))
                        .toList())
                .setSource(source(volume.source()))
                .putAllLabels(volume.labels())
                .build();
    }

    /** Bytes that only this snapshot holds, by its name, as far as the hosts told. */
    static Map<String, Long> exclusive(List<ReplicaState> replicas) {
        return replicas.stream()
                .flatMap(replica -> replica.snapshots().stream())
                .filter(copy -> copy.exclusiveBytes().isPresent())
                .collect(Collectors.toMap(
                        SnapshotCopy::name, copy -> copy.exclusiveBytes().getAsLong(), Math::max));
    }

    static SnapshotSummary snapshot(Snapshot snapshot, Map<String, Long> exclusive) {
        return SnapshotSummary.newBuilder()
                .setVolume(snapshot.id().volume().value())
                .setName(snapshot.id().name())
                .setSizeBytes(snapshot.size().bytes())
                .setCreated(Timestamps.of(snapshot.createdAt()))
                .setState(word(snapshot.state()))
                .setOrigin(word(snapshot.origin()))
                .setExclusiveBytes(exclusive.getOrDefault(snapshot.id().name(), UNKNOWN))
                .setHandle(snapshot.id().handle())
                .setGroup(snapshot.group().map(GroupId::value).orElse(""))
                .build();
    }

    static DiskSummary disk(DiskState disk) {
        return DiskSummary.newBuilder()
                .setId(disk.id().map(Object::toString).orElse(""))
                .setNode(disk.node().value())
                .setPath(disk.path())
                .setKind(disk.kind())
                .setEngine(disk.engine())
                .addAllTags(disk.tags().stream().sorted().toList())
                .setCapacityBytes(disk.capacity().bytes())
                .setAvailableBytes(disk.available().bytes())
                .setProvisionedBytes(disk.provisioned().bytes())
                .setReplicas(disk.replicas())
                .setSchedulable(disk.schedulable())
                .setProblem(disk.problem())
                .build();
    }

    static Setting setting(SettingsReader.Setting setting) {
        return Setting.newBuilder()
                .setName(setting.name())
                .setValue(setting.value())
                .setDefaultValue(setting.defaultValue())
                .setDescription(setting.description() + " (" + setting.possible() + ")")
                .build();
    }

    private static Job job(JobSpecification job) {
        return Job.newBuilder()
                .setName(job.name())
                .setTask(word(job.task()))
                .setCron(job.cron())
                .setRetain(job.retain())
                .putAllLabels(job.labels())
                .build();
    }

    private static Replica replica(ReplicaPlacement place, List<DiskState> disks) {
        String path = disks.stream()
                .filter(disk -> disk.id().filter(place.disk()::equals).isPresent())
                .map(DiskState::path)
                .findFirst()
                .orElse("");
        return Replica.newBuilder()
                .setNode(place.node().value())
                .setDisk(place.disk().value())
                .setPath(path)
                .build();
    }

    private static String source(VolumeSource source) {
        return switch (source) {
            case VolumeSource.Blank() -> "";
            case VolumeSource.FromVolume(var volume) -> volume.value();
            case VolumeSource.FromSnapshot(var snapshot) -> snapshot.handle();
            case VolumeSource.FromBackup(var _, var backup) -> backup.handle();
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
