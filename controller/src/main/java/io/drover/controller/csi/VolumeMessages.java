package io.drover.controller.csi;

import io.drover.controller.volume.VolumeView;
import io.drover.core.model.VolumeSource;
import io.drover.csi.v1.ControllerGetVolumeResponse;
import io.drover.csi.v1.ListVolumesResponse;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCondition;
import io.drover.csi.v1.VolumeContentSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Volumes as messages. */
final class VolumeMessages {
    private static final String FS_TYPE = "drover.io/fs-type";
    private static final String MKFS_PARAMETERS = "drover.io/mkfs-params";

    private VolumeMessages() {}

    static Volume volume(io.drover.core.model.Volume volume) {
        Volume.Builder message = Volume.newBuilder()
                .setVolumeId(volume.id().value())
                .setCapacityBytes(volume.size().bytes())
                .putAllVolumeContext(context(volume))
                .addAllAccessibleTopology(Topologies.of(volume));
        source(volume.source()).ifPresent(message::setContentSource);
        return message.build();
    }

    /** What the node needs to make the file system. Fixed for the life of the volume, as the specification asks. */
    static Map<String, String> context(io.drover.core.model.Volume volume) {
        Map<String, String> context = new TreeMap<>();
        if (volume.mountAllowed()) {
            context.put(FS_TYPE, volume.parameters().fsType().text());
            if (!volume.parameters().mkfsParams().isEmpty()) {
                context.put(
                        MKFS_PARAMETERS, String.join(" ", volume.parameters().mkfsParams()));
            }
        }
        return context;
    }

    static ListVolumesResponse.Entry entry(VolumeView view) {
        return ListVolumesResponse.Entry.newBuilder()
                .setVolume(volume(view.volume()))
                .setStatus(ListVolumesResponse.VolumeStatus.newBuilder()
                        .addAllPublishedNodeIds(nodes(view.volume()))
                        .setVolumeCondition(condition(view.condition())))
                .build();
    }

    static ControllerGetVolumeResponse single(VolumeView view) {
        return ControllerGetVolumeResponse.newBuilder()
                .setVolume(volume(view.volume()))
                .setStatus(ControllerGetVolumeResponse.VolumeStatus.newBuilder()
                        .addAllPublishedNodeIds(nodes(view.volume()))
                        .setVolumeCondition(condition(view.condition())))
                .build();
    }

    private static VolumeCondition condition(io.drover.controller.volume.VolumeCondition condition) {
        return VolumeCondition.newBuilder()
                .setAbnormal(condition.abnormal())
                .setMessage(condition.message())
                .build();
    }

    private static List<String> nodes(io.drover.core.model.Volume volume) {
        return volume.attachment().stream()
                .map(attachment -> attachment.node().value())
                .toList();
    }

    private static Optional<VolumeContentSource> source(VolumeSource source) {
        VolumeContentSource.Builder message = VolumeContentSource.newBuilder();
        return switch (source) {
            case VolumeSource.Blank() -> Optional.empty();
            case VolumeSource.FromBackup(var _, var id) ->
                Optional.of(message.setSnapshot(
                                VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(id.handle()))
                        .build());
            case VolumeSource.FromVolume(var id) ->
                Optional.of(message.setVolume(
                                VolumeContentSource.VolumeSource.newBuilder().setVolumeId(id.value()))
                        .build());
            case VolumeSource.FromSnapshot(var id) ->
                Optional.of(message.setSnapshot(
                                VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(id.handle()))
                        .build());
        };
    }
}
