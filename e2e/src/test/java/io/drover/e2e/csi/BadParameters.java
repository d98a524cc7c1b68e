package io.drover.e2e.csi;

import static io.drover.e2e.csi.BadRequest.invalid;

import io.drover.csi.v1.ControllerModifyVolumeRequest;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parameters of a StorageClass, a VolumeAttributesClass or a VolumeSnapshotClass that must be refused. */
final class BadParameters {
    private BadParameters() {}

    static List<BadRequest> all() {
        List<BadRequest> all = new ArrayList<>();
        all.addAll(values());
        all.addAll(jobs());
        all.addAll(changes());
        all.addAll(snapshots());
        return all;
    }

    private static List<BadRequest> values() {
        return List.of(
                parameter("numberOfReplica", "2", "numberOfReplicas"),
                parameter("fsTypes", "ext4", "fsType"),
                parameter("something", "else", "something"),
                parameter("../numberOfReplicas", "2", "numberOfReplicas"),
                parameter("numberOfReplicas", "0", "20"),
                parameter("numberOfReplicas", "21", "20"),
                parameter("numberOfReplicas", "-3", "20"),
                parameter("numberOfReplicas", "three", "20"),
                parameter("numberOfReplicas", "3.5", "20"),
                parameter("numberOfReplicas", "1e1", "20"),
                parameter("numberOfReplicas", "99999999999999999999", "20"),
                parameter("staleReplicaTimeout", "-1", "integer"),
                parameter("staleReplicaTimeout", "soon", "integer"),
                parameter("dataLocality", "nearby", "best-effort"),
                parameter("fsType", "ntfs", "ext4"),
                parameter("mkfsParams", "/dev/sda", "mkfsParams"),
                parameter("diskSelector", "ssd;fast", "diskSelector"),
                parameter("diskSelector", "../etc", "diskSelector"),
                parameter("nodeSelector", "a b", "nodeSelector"),
                parameter("recurringJobSelector", "[", "recurringJobSelector"),
                parameter("recurringJobSelector", "[{\"isGroup\":true}]", "name"),
                parameter("fromBackup", "backup-1", "volume="),
                parameter("fromBackup", "s3://b@r/?backup=backup-1", "volume="));
    }

    private static List<BadRequest> jobs() {
        String tail = "\"task\":\"snapshot\",\"cron\":\"0 * * * *\",\"retain\":1}]";
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("{", "JSON"),
                Map.entry("hourly", "JSON"),
                Map.entry("{\"name\":\"a\"}", "list"),
                Map.entry("[1]", "recurringJobs"),
                Map.entry("[{" + tail, "name"),
                Map.entry("[{\"name\":\"\"," + tail, "name"),
                Map.entry("[{\"name\":\"nine-char\"," + tail, "8"),
                Map.entry("[{\"name\":\"Upper\"," + tail, "lower"),
                Map.entry("[{\"name\":\"-a\"," + tail, "-a"),
                Map.entry("[{\"name\":\"a/b\"," + tail, "a/b"),
                Map.entry("[{\"name\":\"a\",\"task\":\"reboot\",\"cron\":\"0 * * * *\",\"retain\":1}]", "snapshot"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"* * *\",\"retain\":1}]", "cron"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"61 * * * *\",\"retain\":1}]", "cron"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"@never\",\"retain\":1}]", "cron"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"0 * * * *\",\"retain\":0}]", "retain"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"0 * * * *\",\"retain\":251}]", "250"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"0 * * * *\",\"retain\":1.5}]", "retain"),
                Map.entry("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"0 * * * *\"}]", "retain"),
                Map.entry("[{\"nam\":\"a\"," + tail, "name"),
                Map.entry("[{\"name\":\"a\",\"labels\":{\"RecurringJob\":\"x\"}," + tail, "RecurringJob"),
                Map.entry("[{\"name\":\"a\",\"labels\":{\"-bad-\":\"x\"}," + tail, "-bad-"),
                Map.entry(
                        "[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"0 * * * *\",\"retain\":1},{\"name\":\"a\","
                                + tail,
                        "twice"),
                Map.entry("[" + "[".repeat(20_000), "JSON"));
        List<BadRequest> all = new ArrayList<>();
        wrong.forEach((json, remedy) -> all.add(parameter("recurringJobs", json, remedy)));
        return all;
    }

    private static List<BadRequest> changes() {
        return List.of(
                change("fsType", "xfs", "staleReplicaTimeout"),
                change("numberOfReplicas", "99", "20"),
                change("nothingKnown", "1", "nothingKnown"),
                change("recurringJobs", "[{}]", "name"),
                invalid(
                        "changing without a volume",
                        "volume",
                        csi -> csi.controller()
                                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                        .putMutableParams("numberOfReplicas", "2")
                                        .build())),
                BadRequest.notFound(
                        "changing a volume that is not there",
                        "none",
                        csi -> csi.controller()
                                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                        .setVolumeId("none")
                                        .putMutableParams("numberOfReplicas", "2")
                                        .build())),
                invalid(
                        "making a volume with a mutable parameter that cannot be",
                        "fsType",
                        csi -> BadVolumes.make(csi, request -> request.putMutableParams("fsType", "xfs"))));
    }

    private static List<BadRequest> snapshots() {
        return List.of(
                snapshot("type", "tape", "snap", Status.Code.INVALID_ARGUMENT),
                snapshot("typ", "snap", "type", Status.Code.INVALID_ARGUMENT),
                snapshot("backupMode", "sometimes", "incremental", Status.Code.INVALID_ARGUMENT),
                snapshot("type", "bak", "drover target add default", Status.Code.FAILED_PRECONDITION),
                snapshot("type", "", "drover target add default", Status.Code.FAILED_PRECONDITION),
                snapshot("backupTarget", "archive", "drover target add archive", Status.Code.FAILED_PRECONDITION),
                snapshot("backupTarget", "cifs://host/share", "cifs", Status.Code.UNIMPLEMENTED),
                snapshot("fromBackup", "s3://b@r/", "volume=", Status.Code.INVALID_ARGUMENT));
    }

    private static BadRequest parameter(String key, String value, String remedy) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "… (" + value.length() + ")" : value;
        return invalid(
                key + " = " + shown, remedy, csi -> BadVolumes.make(csi, request -> request.putParameters(key, value)));
    }

    private static BadRequest change(String key, String value, String remedy) {
        return invalid(
                "changing " + key + " to " + value,
                remedy,
                csi -> csi.controller()
                        .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                .setVolumeId("good")
                                .putMutableParams(key, value)
                                .build()));
    }

    private static BadRequest snapshot(String key, String value, String remedy, Status.Code code) {
        return new BadRequest(
                "a snapshot with " + key + " = " + value,
                code,
                remedy,
                csi -> csi.controller()
                        .createSnapshot(CreateSnapshotRequest.newBuilder()
                                .setName("bad-snap")
                                .setSourceVolumeId("good")
                                .putParameters(key, value)
                                .build()));
    }
}
