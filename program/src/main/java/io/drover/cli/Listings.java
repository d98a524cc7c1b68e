package io.drover.cli;

import io.drover.proto.operations.v1.DiskSummary;
import io.drover.proto.operations.v1.Job;
import io.drover.proto.operations.v1.Setting;
import io.drover.proto.operations.v1.SnapshotSummary;
import io.drover.proto.operations.v1.Status;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The listing of each kind of thing. */
final class Listings {
    static final Listing<VolumeSummary> VOLUMES = new Listing<VolumeSummary>()
            .words("NAME", VolumeSummary::getName)
            .number("SIZE", volume -> Shown.size(volume.getSizeBytes()))
            .words("STATE", VolumeSummary::getState)
            .words("FS", VolumeSummary::getFileSystem)
            .words("NODE", VolumeSummary::getNode)
            .number("REPLICAS", volume -> volume.getReplicasPresent() + "/" + volume.getReplicasWanted())
            .number("SNAPSHOTS", volume -> Integer.toString(volume.getSnapshots()))
            .words("CREATED", volume -> Shown.time(volume.getCreated()))
            .words("CONDITION", Listings::condition)
            .field("name", VolumeSummary::getName)
            .field("sizeBytes", VolumeSummary::getSizeBytes)
            .field("allocatedBytes", VolumeSummary::getAllocatedBytes)
            .field("state", VolumeSummary::getState)
            .field("fileSystem", VolumeSummary::getFileSystem)
            .field("node", VolumeSummary::getNode)
            .field("replicasWanted", VolumeSummary::getReplicasWanted)
            .field("replicasPresent", VolumeSummary::getReplicasPresent)
            .field("snapshots", VolumeSummary::getSnapshots)
            .field("abnormal", VolumeSummary::getAbnormal)
            .field("condition", VolumeSummary::getCondition)
            .field("created", volume -> Shown.time(volume.getCreated()));

    static final Listing<Map<String, String>> LABELS =
            new Listing<Map<String, String>>().field("labels", labels -> new TreeMap<>(labels));

    /** Labels as people write them, by name. */
    static List<String> pairs(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .toList();
    }

    static final Listing<SnapshotSummary> SNAPSHOTS = new Listing<SnapshotSummary>()
            .words("VOLUME", SnapshotSummary::getVolume)
            .words("SNAPSHOT", SnapshotSummary::getName)
            .number("SIZE", snapshot -> Shown.size(snapshot.getSizeBytes()))
            .number("EXCLUSIVE", snapshot -> Shown.size(snapshot.getExclusiveBytes()))
            .words("STATE", SnapshotSummary::getState)
            .words("ORIGIN", SnapshotSummary::getOrigin)
            .words("CREATED", snapshot -> Shown.time(snapshot.getCreated()))
            .words("GROUP", SnapshotSummary::getGroup)
            .field("volume", SnapshotSummary::getVolume)
            .field("name", SnapshotSummary::getName)
            .field("handle", SnapshotSummary::getHandle)
            .field("sizeBytes", SnapshotSummary::getSizeBytes)
            .field("exclusiveBytes", SnapshotSummary::getExclusiveBytes)
            .field("state", SnapshotSummary::getState)
            .field("origin", SnapshotSummary::getOrigin)
            .field("group", SnapshotSummary::getGroup)
            .field("created", snapshot -> Shown.time(snapshot.getCreated()));

    static final Listing<DiskSummary> DISKS = new Listing<DiskSummary>()
            .words("ID", DiskSummary::getId)
            .words("NODE", DiskSummary::getNode)
            .words("PATH", DiskSummary::getPath)
            .words("KIND", DiskSummary::getKind)
            .words("ENGINE", DiskSummary::getEngine)
            .words("TAGS", disk -> String.join(",", disk.getTagsList()))
            .number("CAPACITY", disk -> Shown.size(disk.getCapacityBytes()))
            .number("AVAILABLE", disk -> Shown.size(disk.getAvailableBytes()))
            .number("PROVISIONED", disk -> Shown.size(disk.getProvisionedBytes()))
            .number("REPLICAS", disk -> Long.toString(disk.getReplicas()))
            .words("STATE", Listings::diskState)
            .field("id", DiskSummary::getId)
            .field("node", DiskSummary::getNode)
            .field("path", DiskSummary::getPath)
            .field("kind", DiskSummary::getKind)
            .field("engine", DiskSummary::getEngine)
            .field("tags", disk -> List.copyOf(disk.getTagsList()))
            .field("capacityBytes", DiskSummary::getCapacityBytes)
            .field("availableBytes", DiskSummary::getAvailableBytes)
            .field("provisionedBytes", DiskSummary::getProvisionedBytes)
            .field("replicas", DiskSummary::getReplicas)
            .field("schedulable", DiskSummary::getSchedulable)
            .field("problem", DiskSummary::getProblem);

    static final Listing<Setting> SETTINGS = new Listing<Setting>()
            .words("NAME", Setting::getName)
            .words("VALUE", Setting::getValue)
            .words("DEFAULT", Setting::getDefaultValue)
            .words("MEANING", Setting::getDescription)
            .field("name", Setting::getName)
            .field("value", Setting::getValue)
            .field("default", Setting::getDefaultValue)
            .field("description", Setting::getDescription);

    static final Listing<Status> STATUS = new Listing<Status>()
            .field("version", Status::getVersion)
            .field("node", Status::getNode)
            .field("processId", Status::getProcessId)
            .field("started", status -> Shown.time(status.getStarted()))
            .field("dataDirectory", Status::getDataDirectory)
            .field("csiEndpoint", Status::getCsiEndpoint)
            .field("metricsAddress", Status::getMetricsAddress)
            .field("volumes", Status::getVolumes)
            .field("snapshots", Status::getSnapshots);

    static final Listing<VolumeDetail> VOLUME = detail();

    private Listings() {}

    static String condition(VolumeSummary volume) {
        return volume.getAbnormal() ? "! " + volume.getCondition() : volume.getCondition();
    }

    private static String diskState(DiskSummary disk) {
        if (!disk.getProblem().isEmpty()) {
            return "! " + disk.getProblem();
        }
        return disk.getSchedulable() ? "ready" : "takes no new volumes";
    }

    private static Listing<VolumeDetail> detail() {
        return new Listing<VolumeDetail>()
                .field("volume", volume -> VOLUMES.object(volume.getSummary()))
                .field("source", VolumeDetail::getSource)
                .field("parameters", volume -> new LinkedHashMap<>(volume.getParametersMap()))
                .field("labels", volume -> new TreeMap<>(volume.getLabelsMap()))
                .field("warnings", volume -> List.copyOf(volume.getWarningsList()))
                .field("device", VolumeDetail::getDevice)
                .field("usedBy", volume -> List.copyOf(volume.getUsedByList()))
                .field(
                        "replicas",
                        volume -> volume.getReplicasList().stream()
                                .map(replica -> Map.of(
                                        "node",
                                        replica.getNode(),
                                        "disk",
                                        replica.getDisk(),
                                        "path",
                                        replica.getPath()))
                                .toList())
                .field(
                        "recurringJobs",
                        volume -> volume.getRecurringJobsList().stream()
                                .map(Listings::job)
                                .toList())
                .field(
                        "jobs",
                        volume -> volume.getJobsList().stream()
                                .map(JobListings.JOBS::object)
                                .toList())
                .field(
                        "snapshots",
                        volume -> volume.getSnapshotsList().stream()
                                .map(SNAPSHOTS::object)
                                .toList());
    }

    private static Map<String, Object> job(Job job) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", job.getName());
        object.put("task", job.getTask());
        object.put("cron", job.getCron());
        object.put("retain", job.getRetain());
        object.put("labels", new LinkedHashMap<>(job.getLabelsMap()));
        return object;
    }
}
