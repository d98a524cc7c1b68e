package io.drover.node.disk;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a directory may be initialised: nothing of anybody's is in it. */
final class EmptyDirectory {
    private static final int SHOWN = 3;
    /** What mkfs leaves, and what our own interrupted initialising leaves before the identity is there. */
    private static final Set<String> HARMLESS = Set.of(
            "lost+found",
            "." + DiskIdentity.FILE + ".tmp",
            BlockDisks.UNFINISHED_IMAGE,
            ReflinkTest.SOURCE,
            ReflinkTest.TARGET,
            DiskProbe.FILE);

    private EmptyDirectory() {}

    /** @throws StorageException INVALID if there is something else in it */
    static void require(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<String> foreign = entries.map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !HARMLESS.contains(name))
                    .limit(SHOWN)
                    .toList();
            if (!foreign.isEmpty()) {
                throw StorageException.invalid(directory + " is neither empty nor a disk of Drover's (it has "
                        + String.join(", ", foreign) + "); use an empty sub-directory of it");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
