package io.drover.snapshotter.image;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Tells an image from another one that has its name later. */
public final class ImageIdentity {
    private ImageIdentity() {}

    /** The same text as long as it is the same file. */
    public static String of(Path image) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(image, BasicFileAttributes.class);
            return attributes.fileKey() + " made at " + attributes.creationTime();
        } catch (IOException e) {
            throw StorageException.internal(
                    "cannot look at image " + image + ": " + e.getMessage() + "; look at the disk's health", e);
        }
    }
}
