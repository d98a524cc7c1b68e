package io.drover.cli;

import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerGetVolumeRequest;
import io.drover.csi.v1.ControllerPublishVolumeRequest;
import io.drover.csi.v1.ControllerUnpublishVolumeRequest;
import io.drover.csi.v1.NodeExpandVolumeRequest;
import io.drover.csi.v1.NodePublishVolumeRequest;
import io.drover.csi.v1.NodeStageVolumeRequest;
import io.drover.csi.v1.NodeUnpublishVolumeRequest;
import io.drover.csi.v1.NodeUnstageVolumeRequest;
import io.drover.csi.v1.VolumeCapability;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.Status;
import io.drover.proto.operations.v1.VolumeDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Uses volumes on this host through the CSI calls that Kubernetes would make: publish to the host, stage under
 * {@code <data folder>/staging/<volume>}, publish at the path. Every step may be repeated.
 */
final class VolumeMounts {
    private VolumeMounts() {}

    static void mount(Client client, String volume, Path target, boolean readOnly) {
        Status status = client.status();
        VolumeDetail detail = detail(client, volume);
        VolumeCapability capability = capability(detail);
        Path staging = staging(status, volume);
        if (!users(detail, staging).contains(target)) {
            requireEmpty(target);
        }
        Map<String, String> context = client.csiController()
                .controllerGetVolume(ControllerGetVolumeRequest.newBuilder()
                        .setVolumeId(volume)
                        .build())
                .getVolume()
                .getVolumeContextMap();
        Map<String, String> published = client.csiController()
                .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                        .setVolumeId(volume)
                        .setNodeId(status.getNode())
                        .setVolumeCapability(capability)
                        .putAllVolumeContext(context)
                        .build())
                .getPublishContextMap();
        makeFolder(staging);
        client.csiNode()
                .nodeStageVolume(NodeStageVolumeRequest.newBuilder()
                        .setVolumeId(volume)
                        .putAllPublishContext(published)
                        .putAllVolumeContext(context)
                        .setStagingTargetPath(staging.toString())
                        .setVolumeCapability(capability)
                        .build());
        client.csiNode()
                .nodePublishVolume(NodePublishVolumeRequest.newBuilder()
                        .setVolumeId(volume)
                        .putAllPublishContext(published)
                        .putAllVolumeContext(context)
                        .setStagingTargetPath(staging.toString())
                        .setTargetPath(target.toString())
                        .setVolumeCapability(capability)
                        .setReadonly(readOnly)
                        .build());
    }

    /** What lies below a mount is hidden, and in the way of taking the place back afterwards. */
    static void requireEmpty(Path target) {
        try (Stream<Path> entries = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            if (entries.findAny().isPresent()) {
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "cannot mount at " + target
                                + ": the folder is not empty; choose an empty one, or one that does not exist");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + target, e);
        }
    }

    /**
     * Unmounts one place.
     *
     * @return where the volume is still mounted; empty = it is detached now
     */
    static List<Path> unmount(Client client, String volume, Optional<Path> target) {
        Status status = client.status();
        Path staging = staging(status, volume);
        List<Path> users = users(detail(client, volume), staging);
        Optional<Path> chosen = target.isPresent() ? target : only(volume, users);
        chosen.ifPresent(path -> client.csiNode()
                .nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(volume)
                        .setTargetPath(path.toString())
                        .build()));
        List<Path> left = users(detail(client, volume), staging);
        if (left.isEmpty()) {
            client.csiNode()
                    .nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                            .setVolumeId(volume)
                            .setStagingTargetPath(staging.toString())
                            .build());
            client.csiController()
                    .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                            .setVolumeId(volume)
                            .setNodeId(status.getNode())
                            .build());
            removeFolder(staging);
        }
        return left;
    }

    /** Lets the file system follow its volume's new size, where it is mounted by {@link #mount}. Elsewhere its owner does that. */
    static void growFileSystem(Client client, String volume, long sizeBytes) {
        Path staging = staging(client.status(), volume);
        VolumeDetail detail = detail(client, volume);
        boolean isStagedHere =
                detail.getUsedByList().stream().map(VolumeMounts::path).anyMatch(staging::equals);
        if (isStagedHere) {
            client.csiNode()
                    .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                            .setVolumeId(volume)
                            .setVolumePath(staging.toString())
                            .setStagingTargetPath(staging.toString())
                            .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(sizeBytes))
                            .setVolumeCapability(capability(detail))
                            .build());
        }
    }

    private static VolumeDetail detail(Client client, String volume) {
        return client.operations()
                .getVolume(GetVolumeRequest.newBuilder().setName(volume).build());
    }

    private static VolumeCapability capability(VolumeDetail volume) {
        String fileSystem = volume.getSummary().getFileSystem();
        VolumeCapability.Builder capability = VolumeCapability.newBuilder()
                .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                        .setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_MULTI_WRITER));
        return fileSystem.isEmpty() || fileSystem.equals("block")
                ? capability
                        .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())
                        .build()
                : capability
                        .setMount(VolumeCapability.MountVolume.newBuilder().setFsType(fileSystem))
                        .build();
    }

    private static Path staging(Status status, String volume) {
        return Path.of(status.getDataDirectory(), "staging", volume);
    }

    /** Where it is mounted, without the staging path and what lies under it. */
    private static List<Path> users(VolumeDetail volume, Path staging) {
        return volume.getUsedByList().stream()
                .map(VolumeMounts::path)
                .filter(path -> !path.startsWith(staging))
                .toList();
    }

    /** Users are listed as {@code <path>} or {@code <path> (<namespace>/<pod>)}. */
    private static Path path(String user) {
        int pod = user.lastIndexOf(" (");
        return Path.of(pod < 0 ? user : user.substring(0, pod));
    }

    private static Optional<Path> only(String volume, List<Path> users) {
        if (users.size() > 1) {
            List<String> shown = new ArrayList<>();
            users.forEach(path -> shown.add(path.toString()));
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "volume " + volume + " is mounted at " + users.size() + " places; name one of "
                            + String.join(", ", shown));
        }
        return users.stream().findFirst();
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILURE,
                    "cannot make the folder " + folder + ": " + e.getMessage()
                            + "; run this as the user of drover standalone");
        }
    }

    private static void removeFolder(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // An empty folder that stays is in nobody's way: the next mount uses it again.
        }
    }
}
