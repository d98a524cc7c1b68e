package io.drover.node.stage;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.VolumeId;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The directories and files at which volumes are published: made and removed by us (CSI specification, NodePublishVolume). */
final class TargetPaths {
    private TargetPaths() {}

    /** Makes a directory. One that exists is fine. */
    static void makeDirectory(VolumeId volume, Path target) {
        try {
            if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(target);
            }
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.IN_USE,
                    "cannot publish volume " + volume + " at " + target + ": " + e + "; remove what is there",
                    e);
        }
    }

    /**
     * Removes an empty directory or an empty file, at which nothing is mounted. What has content was not made by us, and stays.
     *
     * @throws StorageException IN_USE if it has content
     */
    static void remove(VolumeId volume, Path target) {
        String cannot = "cannot unpublish volume " + volume + ": ";
        try {
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (Files.isSymbolicLink(target)
                    || Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.size(target) > 0) {
                throw StorageException.inUse(cannot + target + " is not what was published there; remove it by hand");
            }
            Files.delete(target);
        } catch (DirectoryNotEmptyException e) {
            throw new StorageException(
                    ErrorCode.IN_USE,
                    cannot + "nothing is mounted at " + target + " and the directory is not empty; move the files away",
                    e);
        } catch (IOException e) {
            throw StorageException.internal(cannot + "cannot remove " + target + ": " + e, e);
        }
    }
}
