package io.drover.controller.csi;

import io.drover.controller.attachment.AttachmentRequest;
import io.drover.controller.csi.CapabilityRequests.Use;
import io.drover.controller.volume.SizeRange;
import io.drover.controller.volume.VolumeSources;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.NodeId;
import io.drover.core.model.Settings;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import io.drover.core.parameters.ParameterReader;
import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.ControllerPublishVolumeRequest;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.VolumeContentSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads requests about volumes: everything is typed here, once. */
final class VolumeRequests {
    private static final int MAX_SHOWN = 128;

    private VolumeRequests() {}

    static VolumeSpecification create(CreateVolumeRequest request, Settings settings) {
        VolumeId id = new VolumeId(request.getName());
        Use use = CapabilityRequests.parse(request.getVolumeCapabilitiesList());
        VolumeParameters parameters = parameters(request.getParametersMap(), use.fsType(), settings);
        if (request.getMutableParamsCount() > 0) {
            parameters = ParameterReader.readMutable(request.getMutableParamsMap(), parameters, settings);
        }
        return new VolumeSpecification(
                id,
                size(request.getCapacityRange()),
                parameters,
                use.fsType().isPresent() || ParameterReader.namesFileSystem(request.getParametersMap()),
                use.accessModes(),
                use.block(),
                !use.block(),
                source(request, parameters.fromBackup()),
                Set.copyOf(
                        Topologies.nodes(request.getAccessibilityRequirements().getRequisiteList())),
                Topologies.nodes(request.getAccessibilityRequirements().getPreferredList()));
    }

    /** Parameters of a class; a file system that the capability names goes before theirs. */
    static VolumeParameters parameters(
            Map<String, String> parameters, Optional<FileSystemType> fsType, Settings settings) {
        VolumeParameters read = ParameterReader.read(parameters, settings);
        return fsType.map(read::withFsType).orElse(read);
    }

    static SizeRange size(CapacityRange range) {
        return new SizeRange(range.getRequiredBytes(), range.getLimitBytes());
    }

    static AttachmentRequest publish(ControllerPublishVolumeRequest request) {
        VolumeId volume = new VolumeId(request.getVolumeId());
        NodeId node = node(request.getNodeId());
        if (!request.hasVolumeCapability()) {
            throw StorageException.invalid("volume_capability is missing; say how the volume will be used");
        }
        if (request.getReadonly()) {
            throw StorageException.invalid("cannot publish volume " + volume
                    + " read-only by the flag: PUBLISH_READONLY is not offered; mount it read-only on the node, or use the"
                    + " access mode SINGLE_NODE_READER_ONLY");
        }
        Use use = CapabilityRequests.parse(request.getVolumeCapability());
        return new AttachmentRequest(volume, node, use.onlyMode(), use.block());
    }

    /** A name that no node can have is that of a node that does not exist. */
    private static NodeId node(String id) {
        if (id.isEmpty()) {
            throw StorageException.invalid("node_id is missing; give the id of a node");
        }
        return findNode(id)
                .orElseThrow(() ->
                        StorageException.notFound("node", id.substring(0, Math.min(id.length(), MAX_SHOWN))));
    }

    /** Empty if no node can have this id. */
    static Optional<NodeId> findNode(String id) {
        try {
            return Optional.of(new NodeId(id));
        } catch (StorageException e) {
            return Optional.empty();
        }
    }

    /** An id of a volume that need not exist: empty if no volume can have it. */
    static Optional<VolumeId> find(String field, String id) {
        if (id.isEmpty()) {
            throw StorageException.invalid(field + " is missing; give the id of a volume");
        }
        try {
            return Optional.of(new VolumeId(id));
        } catch (StorageException e) {
            return Optional.empty(); // a name that cannot be given is nobody's
        }
    }

    private static VolumeSource source(CreateVolumeRequest request, String fromBackup) {
        VolumeSource source =
                request.hasVolumeContentSource() ? source(request.getVolumeContentSource()) : new VolumeSource.Blank();
        return VolumeSources.withParameter(source, fromBackup);
    }

    private static VolumeSource fromSnapshot(String handle) {
        return BackupId.isHandle(handle)
                ? new VolumeSource.FromBackup("", BackupId.ofHandle(handle))
                : new VolumeSource.FromSnapshot(
                        SnapshotHandles.require("volume_content_source.snapshot.snapshot_id", handle));
    }

    private static VolumeSource source(VolumeContentSource source) {
        return switch (source.getTypeCase()) {
            case SNAPSHOT -> fromSnapshot(source.getSnapshot().getSnapshotId());
            case VOLUME ->
                new VolumeSource.FromVolume(new VolumeId(source.getVolume().getVolumeId()));
            case TYPE_NOT_SET ->
                throw StorageException.invalid("volume_content_source names neither a snapshot nor a volume; name one");
        };
    }
}
