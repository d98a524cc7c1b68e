package io.drover.node.csi;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.VolumeId;
import java.nio.file.Path;

/** Checks the paths of requests before anything is done with them. Pure: looks at nothing on the host. */
final class RequestPaths {
    private static final int MAX_LENGTH = 4096;
    private static final int SHOWN = 80;

    private RequestPaths() {}

    /** A path at which the caller wants something to be made or removed. */
    static Path parse(String kind, String text) {
        if (text.isEmpty()) {
            throw StorageException.invalid("the " + kind + " is missing; give an absolute path");
        }
        String the = "the " + kind + " \"" + shown(text) + "\" ";
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw StorageException.invalid(the + "is too long or has control characters; give a plain absolute path");
        }
        if (!text.startsWith("/")) {
            throw StorageException.invalid(the + "is not absolute; begin it with /");
        }
        for (String part : text.split("/")) {
            if (part.equals("..") || part.equals(".")) {
                throw StorageException.invalid(the + "has the part \"" + part + "\"; give it without");
            }
        }
        Path path = Path.of(text);
        if (path.getNameCount() < 2) {
            throw StorageException.invalid(the + "is too near to the root for a volume; give one further below");
        }
        return path;
    }

    /** A path at which the caller asks about a volume: where no volume can be, none is found. */
    static Path parseKnown(VolumeId volume, String text) {
        if (text.isEmpty()) {
            throw StorageException.invalid(
                    "the volume path is missing; give the one where the volume is staged or published");
        }
        if (!text.startsWith("/")) {
            throw new StorageException(
                    ErrorCode.NOT_FOUND,
                    "volume " + volume + " is neither staged nor published at \"" + shown(text)
                            + "\"; give an absolute path");
        }
        return parse("volume path", text);
    }

    private static String shown(String text) {
        return (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text).replaceAll("\\p{Cntrl}", "?");
    }
}
