package io.drover.sandbox;

import io.drover.core.model.ByteRange;
import io.drover.csi.v1.BlockMetadata;
import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerExpandVolumeRequest;
import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.CreateSnapshotRequest;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.DeleteSnapshotRequest;
import io.drover.csi.v1.DeleteVolumeRequest;
import io.drover.csi.v1.GetCapacityRequest;
import io.drover.csi.v1.GetMetadataAllocatedRequest;
import io.drover.csi.v1.GetMetadataAllocatedResponse;
import io.drover.csi.v1.GetMetadataDeltaRequest;
import io.drover.csi.v1.GetMetadataDeltaResponse;
import io.drover.csi.v1.GetPluginInfoRequest;
import io.drover.csi.v1.GetPluginInfoResponse;
import io.drover.csi.v1.IdentityGrpc;
import io.drover.csi.v1.ListSnapshotsRequest;
import io.drover.csi.v1.ListVolumesRequest;
import io.drover.csi.v1.ProbeRequest;
import io.drover.csi.v1.Snapshot;
import io.drover.csi.v1.SnapshotMetadataGrpc;
import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.csi.v1.VolumeContentSource;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The controller's half of a CSI client: what Kubernetes' provisioner, snapshotter and resizer ask. Every call blocks until it is
 * answered and throws {@link io.grpc.StatusRuntimeException} for any other answer than success.
 */
public final class CsiClient {
    private static final int POLL_MILLIS = 200;

    private final IdentityGrpc.IdentityBlockingStub identity;
    private final ControllerGrpc.ControllerBlockingStub controller;
    private final SnapshotMetadataGrpc.SnapshotMetadataBlockingStub metadata;

    /**
     * Makes a client.
     *
     * @param channel gives every call its deadline
     */
    public CsiClient(Channel channel) {
        this.identity = IdentityGrpc.newBlockingStub(channel);
        this.controller = ControllerGrpc.newBlockingStub(channel);
        this.metadata = SnapshotMetadataGrpc.newBlockingStub(channel);
    }

    /** Whether the driver says that it serves. */
    public boolean isReady() {
        return identity.probe(ProbeRequest.getDefaultInstance()).getReady().getValue();
    }

    /** The driver's name and version. */
    public GetPluginInfoResponse info() {
        return identity.getPluginInfo(GetPluginInfoRequest.getDefaultInstance());
    }

    /** Creates an empty volume. */
    public TrialVolume createVolume(String name, long sizeBytes, VolumeCapability capability) {
        return create(request(name, sizeBytes, capability).build(), capability);
    }

    /** Creates a volume with a snapshot's content. */
    public TrialVolume restore(String name, long sizeBytes, VolumeCapability capability, String snapshotId) {
        VolumeContentSource source = VolumeContentSource.newBuilder()
                .setSnapshot(VolumeContentSource.SnapshotSource.newBuilder().setSnapshotId(snapshotId))
                .build();
        return create(
                request(name, sizeBytes, capability)
                        .setVolumeContentSource(source)
                        .build(),
                capability);
    }

    /** Creates a volume with another volume's content of now. */
    public TrialVolume cloneVolume(String name, TrialVolume origin) {
        VolumeContentSource source = VolumeContentSource.newBuilder()
                .setVolume(VolumeContentSource.VolumeSource.newBuilder().setVolumeId(origin.id()))
                .build();
        return create(
                request(name, origin.sizeBytes(), origin.capability())
                        .setVolumeContentSource(source)
                        .build(),
                origin.capability());
    }

    /** Deletes a volume; one that does not exist is a success. */
    public void deleteVolume(String id) {
        controller.deleteVolume(DeleteVolumeRequest.newBuilder().setVolumeId(id).build());
    }

    /** The controller's half of growing a volume. */
    public TrialVolume expand(TrialVolume volume, long sizeBytes) {
        long now = controller
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(volume.id())
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(sizeBytes))
                        .setVolumeCapability(volume.capability())
                        .build())
                .getCapacityBytes();
        return volume.withSize(now);
    }

    /** The ids of all volumes. */
    public List<String> volumes() {
        return pages(token -> {
            var page = controller.listVolumes(
                    ListVolumesRequest.newBuilder().setStartingToken(token).build());
            return new Page(
                    page.getEntriesList().stream()
                            .map(entry -> entry.getVolume().getVolumeId())
                            .toList(),
                    page.getNextToken());
        });
    }

    /** Takes a local snapshot. */
    public Snapshot createSnapshot(String name, String volumeId) {
        return controller
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(name)
                        .setSourceVolumeId(volumeId)
                        .putParameters("type", "snap")
                        .build())
                .getSnapshot();
    }

    /** Takes a snapshot and uploads it: the same call again and again, as Kubernetes' snapshotter does, until it is ready or time is up. */
    public Snapshot createBackup(String name, String volumeId, Duration patience) throws InterruptedException {
        CreateSnapshotRequest request = CreateSnapshotRequest.newBuilder()
                .setName(name)
                .setSourceVolumeId(volumeId)
                .putParameters("type", "bak")
                .build();
        long end = System.nanoTime() + patience.toNanos();
        Snapshot snapshot = controller.createSnapshot(request).getSnapshot();
        while (!snapshot.getReadyToUse() && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            snapshot = controller.createSnapshot(request).getSnapshot();
        }
        return snapshot;
    }

    /** Creates a volume with a backup's content: the same call again, as Kubernetes' provisioner does, while it is still fetched. */
    public TrialVolume restoreBackup(
            String name, long sizeBytes, VolumeCapability capability, String handle, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return restore(name, sizeBytes, capability, handle);
            } catch (StatusRuntimeException e) {
                if (e.getStatus().getCode() != Status.Code.ABORTED || System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    /** Deletes a snapshot; one that does not exist is a success. */
    public void deleteSnapshot(String id) {
        controller.deleteSnapshot(
                DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
    }

    /** The ids of all snapshots of a volume, or of all volumes. */
    public List<String> snapshots(Optional<String> volumeId) {
        return pages(token -> {
            var page = controller.listSnapshots(ListSnapshotsRequest.newBuilder()
                    .setSourceVolumeId(volumeId.orElse(""))
                    .setStartingToken(token)
                    .build());
            return new Page(
                    page.getEntriesList().stream()
                            .map(entry -> entry.getSnapshot().getSnapshotId())
                            .toList(),
                    page.getNextToken());
        });
    }

    /** Bytes that new volumes can have. */
    public long capacity() {
        return controller.getCapacity(GetCapacityRequest.getDefaultInstance()).getAvailableCapacity();
    }

    /** The ranges of a snapshot that hold data. */
    public List<ByteRange> allocatedRanges(String snapshotId) {
        List<ByteRange> ranges = new ArrayList<>();
        Iterator<GetMetadataAllocatedResponse> answers =
                metadata.getMetadataAllocated(GetMetadataAllocatedRequest.newBuilder()
                        .setSnapshotId(snapshotId)
                        .build());
        answers.forEachRemaining(answer -> addTo(ranges, answer.getBlockMetadataList()));
        return ranges;
    }

    /** The ranges in which a later snapshot may differ from an earlier one. */
    public List<ByteRange> changedRanges(String baseId, String targetId) {
        List<ByteRange> ranges = new ArrayList<>();
        Iterator<GetMetadataDeltaResponse> answers = metadata.getMetadataDelta(GetMetadataDeltaRequest.newBuilder()
                .setBaseSnapshotId(baseId)
                .setTargetSnapshotId(targetId)
                .build());
        answers.forEachRemaining(answer -> addTo(ranges, answer.getBlockMetadataList()));
        return ranges;
    }

    private static void addTo(List<ByteRange> ranges, List<BlockMetadata> blocks) {
        blocks.forEach(block -> ranges.add(new ByteRange(block.getByteOffset(), block.getSizeBytes(), false)));
    }

    private TrialVolume create(CreateVolumeRequest request, VolumeCapability capability) {
        Volume volume = controller.createVolume(request).getVolume();
        return new TrialVolume(
                volume.getVolumeId(), volume.getCapacityBytes(), volume.getVolumeContextMap(), capability);
    }

    private static CreateVolumeRequest.Builder request(String name, long sizeBytes, VolumeCapability capability) {
        return CreateVolumeRequest.newBuilder()
                .setName(name)
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(sizeBytes))
                .addVolumeCapabilities(capability);
    }

    private record Page(List<String> ids, String next) {}

    private static List<String> pages(Function<String, Page> fetch) {
        List<String> all = new ArrayList<>();
        Page page = fetch.apply("");
        all.addAll(page.ids());
        while (!page.next().isEmpty()) {
            page = fetch.apply(page.next());
            all.addAll(page.ids());
        }
        return all;
    }
}
