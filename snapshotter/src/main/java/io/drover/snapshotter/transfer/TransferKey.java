package io.drover.snapshotter.transfer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes two requests mean the same transfer.
 *
 * @param target URL of the store, without anything secret
 * @param volume as the store names it
 * @param intoVolume what a restore fills, else empty
 */
public record TransferKey(TransferKind kind, String target, String volume, String backup, String intoVolume) {
    private static final int DIGITS = 16;

    /** A name for it, the same in every process. */
    public String id() {
        String all = String.join("\n", kind.name(), target, volume, backup, intoVolume);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return "transfer-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What messages call it. */
    @Override
    public String toString() {
        return switch (kind) {
            case BACKUP -> "backup " + backup + " of volume " + volume;
            case RESTORE -> "restore of backup " + backup + " of volume " + volume + " into volume " + intoVolume;
            case DELETION -> "deletion of backup " + backup + " of volume " + volume;
            case VERIFICATION -> "verification of backup " + backup + " of volume " + volume;
        };
    }
}
