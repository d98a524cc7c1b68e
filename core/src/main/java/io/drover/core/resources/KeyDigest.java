package io.drover.core.resources;

import io.drover.core.error.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stands for a key that is too long for a name, or has characters that the name must not have. */
public final class KeyDigest {
    private KeyDigest() {}

    /** As many bytes of the key's SHA-256, in hexadecimal. */
    public static String of(String key, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw StorageException.internal("this Java has no SHA-256", e);
        }
    }
}
