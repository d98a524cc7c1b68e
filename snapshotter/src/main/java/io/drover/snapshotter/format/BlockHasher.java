package io.drover.snapshotter.format;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Computes checksums of blocks. Keeps its buffers: one per worker, not for several threads. */
public final class BlockHasher {
    private static final int DIGEST_LENGTH = 64;

    private final MessageDigest sha512;
    private final byte[] digest = new byte[DIGEST_LENGTH];

    public BlockHasher() {
        try {
            sha512 = MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }

    /** The checksum of the first bytes of a buffer. */
    public Checksum hash(byte[] block, int length) {
        sha512.reset();
        sha512.update(block, 0, length);
        return finish();
    }

    /** Takes the next piece of a block, while it is still in the processor's cache. */
    public void update(byte[] bytes, int offset, int length) {
        sha512.update(bytes, offset, length);
    }

    /** The checksum of all pieces since the last checksum. */
    public Checksum finish() {
        try {
            sha512.digest(digest, 0, DIGEST_LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-512 has 64 bytes", e);
        }
        return Checksum.ofDigest(digest);
    }
}
