package io.drover.node.device;

import io.drover.core.model.VolumeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the kernel keeps with a loop device for us to recognise it: {@code drover:<volume>} for a volume's device, and
 * {@code drover:ro:<volume>} for the second, read-only one. The kernel keeps 63 bytes: a longer name is cut, and ends in {@code ~} and
 * a part of its SHA-256. Neither {@code :} nor {@code ~} can be in a volume's name.
 */
public record LoopLabel(String text) {
    private static final String OURS = "drover:";
    private static final String READ_ONLY = OURS + "ro:";
    private static final int MAX_LENGTH = 63;
    private static final int HASH_LENGTH = 16;

    /** The label of the device that carries a volume. */
    public static LoopLabel of(VolumeId volume) {
        return new LoopLabel(fitted(OURS, volume.value()));
    }

    /** The label of the device that shows a volume to those who may only read. */
    public static LoopLabel readOnly(VolumeId volume) {
        return new LoopLabel(fitted(READ_ONLY, volume.value()));
    }

    /** Whether the device was made for this volume, for writing or reading. */
    public boolean isOf(VolumeId volume) {
        return equals(of(volume)) || equals(readOnly(volume));
    }

    /** Whether the device was made for any volume of Drover's, of this installation or of another one. */
    public boolean isOfVolume() {
        return text.startsWith(READ_ONLY) && text.indexOf(':', READ_ONLY.length()) < 0
                || text.startsWith(OURS) && text.indexOf(':', OURS.length()) < 0;
    }

    private static String fitted(String prefix, String name) {
        int room = MAX_LENGTH - prefix.length();
        if (name.length() <= room) {
            return prefix + name;
        }
        return prefix + name.substring(0, room - HASH_LENGTH - 1) + "~" + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_LENGTH / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
