package io.drover.controller.csi;

import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.FileSystemType;
import io.drover.csi.v1.VolumeCapability;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads volume capabilities. */
final class CapabilityRequests {
    private static final int MAX_SHOWN = 32;

    private CapabilityRequests() {}

    /**
     * How a volume is going to be used.
     *
     * @param fsType where the capability names one
     */
    record Use(Set<AccessMode> accessModes, boolean block, Optional<FileSystemType> fsType) {
        AccessMode onlyMode() {
            return accessModes.iterator().next();
        }
    }

    /**
     * All capabilities of a request together.
     *
     * @throws StorageException INVALID if there is none, or one that is incomplete or not possible here, or if they contradict each other
     */
    static Use parse(List<VolumeCapability> capabilities) {
        if (capabilities.isEmpty()) {
            throw StorageException.invalid("volume_capabilities are missing; give at least one");
        }
        Set<AccessMode> modes = EnumSet.noneOf(AccessMode.class);
        Set<Boolean> block = new HashSet<>();
        Set<FileSystemType> fileSystems = EnumSet.noneOf(FileSystemType.class);
        for (VolumeCapability capability : capabilities) {
            Use use = parse(capability);
            modes.addAll(use.accessModes());
            block.add(use.block());
            use.fsType().ifPresent(fileSystems::add);
        }
        if (block.size() > 1) {
            throw StorageException.invalid(
                    "a volume is used as a raw block device or mounted, not both; ask for one access type");
        }
        if (fileSystems.size() > 1) {
            throw StorageException.invalid(
                    "the volume capabilities name several file systems: " + fileSystems + "; name one");
        }
        return new Use(
                Set.copyOf(modes), block.contains(true), fileSystems.stream().findFirst());
    }

    /** One capability. */
    static Use parse(VolumeCapability capability) {
        AccessMode mode = mode(capability.getAccessMode().getMode());
        return switch (capability.getAccessTypeCase()) {
            case BLOCK -> new Use(Set.of(mode), true, Optional.empty());
            case MOUNT ->
                new Use(Set.of(mode), false, fileSystem(capability.getMount().getFsType()));
            case ACCESSTYPE_NOT_SET ->
                throw StorageException.invalid("a volume capability names no access type; ask for block or mount");
        };
    }

    private static AccessMode mode(VolumeCapability.AccessMode.Mode mode) {
        return switch (mode) {
            case SINGLE_NODE_WRITER -> AccessMode.SINGLE_NODE_WRITER;
            case SINGLE_NODE_READER_ONLY -> AccessMode.SINGLE_NODE_READER_ONLY;
            case SINGLE_NODE_SINGLE_WRITER -> AccessMode.SINGLE_NODE_SINGLE_WRITER;
            case SINGLE_NODE_MULTI_WRITER -> AccessMode.SINGLE_NODE_MULTI_WRITER;
            case MULTI_NODE_READER_ONLY, MULTI_NODE_SINGLE_WRITER, MULTI_NODE_MULTI_WRITER ->
                throw StorageException.invalid("access mode " + mode
                        + " is not possible: a volume is attached to one node at a time; ask for ReadWriteOnce or"
                        + " ReadWriteOncePod (SINGLE_NODE_…)");
            case UNKNOWN, UNRECOGNIZED ->
                throw StorageException.invalid(
                        "a volume capability names no access mode; ask for one of SINGLE_NODE_…");
        };
    }

    private static Optional<FileSystemType> fileSystem(String name) {
        // Cut, since the name comes back in the message.
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(FileSystemType.parse(name.substring(0, Math.min(name.length(), MAX_SHOWN))));
    }
}
