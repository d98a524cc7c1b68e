package io.drover.sandbox;

import io.drover.csi.v1.VolumeCapability;
import java.util.Map;

/**
 * A volume as CreateVolume answered it, with what is needed to attach it.
 *
 * @param id the CSI volume id
 * @param sizeBytes its capacity
 * @param context the volume context, handed back to the driver as it is
 * @param capability how it is used
 */
public record TrialVolume(String id, long sizeBytes, Map<String, String> context, VolumeCapability capability) {
    public TrialVolume {
        context = Map.copyOf(context);
    }

    /** The same volume after an expansion. */
    public TrialVolume withSize(long bytes) {
        return new TrialVolume(id, bytes, context, capability);
    }

    public boolean isBlock() {
        return capability.hasBlock();
    }

    /** A volume with a file system on it. */
    public static VolumeCapability fileSystem(String type) {
        return singleWriter()
                .setMount(VolumeCapability.MountVolume.newBuilder().setFsType(type))
                .build();
    }

    /** A raw block volume. */
    public static VolumeCapability block() {
        return singleWriter()
                .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())
                .build();
    }

    private static VolumeCapability.Builder singleWriter() {
        return VolumeCapability.newBuilder()
                .setAccessMode(VolumeCapability.AccessMode.newBuilder()
                        .setMode(VolumeCapability.AccessMode.Mode.SINGLE_NODE_WRITER));
    }
}
