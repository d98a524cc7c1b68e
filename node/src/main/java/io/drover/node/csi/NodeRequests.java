package io.drover.node.csi;

import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.csi.v1.CapacityRange;
import io.drover.csi.v1.NodePublishVolumeRequest;
import io.drover.csi.v1.NodeStageVolumeRequest;
import io.drover.csi.v1.VolumeCapability;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.mount.MountOptions;
import io.drover.node.stage.PublishRequest;
import io.drover.node.stage.StageRequest;
import io.drover.node.stage.VolumeAccess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Turns messages into requests of our services, or says what is wrong with them. Pure. */
final class NodeRequests {
    private static final String LOCAL_LEG = "local:";
    private static final String POD_WORD = "[a-z0-9][a-z0-9.-]{0,252}";

    private NodeRequests() {}

    static StageRequest stage(NodeStageVolumeRequest request) {
        VolumeId volume = new VolumeId(request.getVolumeId());
        Path stagingPath = RequestPaths.parse("staging target path", request.getStagingTargetPath());
        requireCapability(request.hasVolumeCapability());
        VolumeCapability capability = request.getVolumeCapability();
        return new StageRequest(
                volume,
                disk(request.getPublishContextMap()),
                stagingPath,
                access(capability, request.getVolumeContextMap()),
                mode(capability));
    }

    static PublishRequest publish(NodePublishVolumeRequest request) {
        VolumeId volume = new VolumeId(request.getVolumeId());
        Path targetPath = RequestPaths.parse("target path", request.getTargetPath());
        requireCapability(request.hasVolumeCapability());
        VolumeCapability capability = request.getVolumeCapability();
        if (request.getStagingTargetPath().isEmpty()) {
            // FAILED_PRECONDITION by the CSI specification, NodePublishVolume Errors
            throw StorageException.inUse(
                    "cannot publish volume " + volume + ": the staging target path is missing; stage the volume first");
        }
        return new PublishRequest(
                volume,
                disk(request.getPublishContextMap()),
                RequestPaths.parse("staging target path", request.getStagingTargetPath()),
                targetPath,
                access(capability, request.getVolumeContextMap()),
                mode(capability),
                request.getReadonly(),
                pod(request.getVolumeContextMap()));
    }

    /** The least size that is asked for; 0 if none is. */
    static ByteSize required(CapacityRange range) {
        if (range.getRequiredBytes() < 0 || range.getLimitBytes() < 0) {
            throw StorageException.invalid("the capacity range has a negative size; give sizes of 0 or more");
        }
        if (range.getLimitBytes() > 0 && range.getLimitBytes() < range.getRequiredBytes()) {
            throw StorageException.outOfRange("the capacity range asks for at least " + range.getRequiredBytes()
                    + " and at most " + range.getLimitBytes() + " bytes; raise the limit");
        }
        return new ByteSize(range.getRequiredBytes());
    }

    private static void requireCapability(boolean present) {
        if (!present) {
            throw StorageException.invalid("the volume capability is missing; say how the volume is to be used");
        }
    }

    private static AccessMode mode(VolumeCapability capability) {
        return switch (capability.getAccessMode().getMode()) {
            case SINGLE_NODE_WRITER -> AccessMode.SINGLE_NODE_WRITER;
            case SINGLE_NODE_READER_ONLY -> AccessMode.SINGLE_NODE_READER_ONLY;
            case SINGLE_NODE_SINGLE_WRITER -> AccessMode.SINGLE_NODE_SINGLE_WRITER;
            case SINGLE_NODE_MULTI_WRITER -> AccessMode.SINGLE_NODE_MULTI_WRITER;
            case MULTI_NODE_READER_ONLY, MULTI_NODE_SINGLE_WRITER, MULTI_NODE_MULTI_WRITER ->
                // FAILED_PRECONDITION by the CSI specification, "Exceeds capabilities"
                throw StorageException.inUse(
                        "the access mode " + capability.getAccessMode().getMode()
                                + " is not possible: a volume is attached to one host at a time; use a SINGLE_NODE mode"
                                + " (ReadWriteOnce)");
            case UNKNOWN, UNRECOGNIZED ->
                throw StorageException.invalid("the access mode is missing or not known; use a SINGLE_NODE mode");
        };
    }

    private static VolumeAccess access(VolumeCapability capability, Map<String, String> context) {
        return switch (capability.getAccessTypeCase()) {
            case BLOCK -> new VolumeAccess.Block();
            case MOUNT -> mounted(capability.getMount(), context);
            case ACCESSTYPE_NOT_SET ->
                throw StorageException.invalid("the volume capability says neither block nor mount; say which");
        };
    }

    private static VolumeAccess mounted(VolumeCapability.MountVolume mount, Map<String, String> context) {
        String type =
                mount.getFsType().isEmpty() ? context.getOrDefault(ContextKeys.FILE_SYSTEM, "") : mount.getFsType();
        return new VolumeAccess.Mounted(
                type.isEmpty() ? Optional.empty() : Optional.of(FileSystemType.parse(type)),
                MountOptions.parse(mount.getMountFlagsList()),
                FileSystems.parameters(context.getOrDefault(ContextKeys.MAKE_PARAMETERS, "")),
                group(mount.getVolumeMountGroup()));
    }

    private static Optional<Integer> group(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw StorageException.invalid("the volume mount group \"" + text.substring(0, Math.min(20, text.length()))
                    + "\" is not a group id; give a number from 0 to " + Integer.MAX_VALUE);
        }
        return Optional.of(Integer.valueOf(text));
    }

    private static Optional<DiskId> disk(Map<String, String> publishContext) {
        String leg = publishContext.get(ContextKeys.FIRST_LEG);
        if (leg == null) {
            return Optional.empty();
        }
        if (!leg.startsWith(LOCAL_LEG)) {
            throw StorageException.unsupported("the publish context has " + ContextKeys.FIRST_LEG + "=\""
                    + leg.substring(0, Math.min(80, leg.length()))
                    + "\", and this version knows only " + LOCAL_LEG
                    + "<disk id>; run the same version everywhere");
        }
        return Optional.of(new DiskId(leg.substring(LOCAL_LEG.length())));
    }

    /** For messages and reports only: what is no name of a pod is left out. */
    private static Optional<String> pod(Map<String, String> volumeContext) {
        String name = volumeContext.getOrDefault(ContextKeys.POD_NAME, "");
        String namespace = volumeContext.getOrDefault(ContextKeys.POD_NAMESPACE, "");
        return name.matches(POD_WORD) && namespace.matches(POD_WORD)
                ? Optional.of(namespace + "/" + name)
                : Optional.empty();
    }
}
