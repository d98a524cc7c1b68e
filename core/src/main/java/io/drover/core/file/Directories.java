package io.drover.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Durable names: a file's name survives the loss of power only when its directory was synced. */
public final class Directories {
    private Directories() {}

    /** fsync of a directory. */
    public static void sync(@Nullable Path directory) {
        Path existing = directory == null ? Path.of("/") : directory;
        try (FileChannel channel = FileChannel.open(existing, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sync the directory " + existing, e);
        }
    }

    /** Makes a directory and its missing parents, each durable. One that exists is no error. */
    public static void create(Path directory) {
        Path absolute = directory.toAbsolutePath();
        if (Files.isDirectory(absolute)) {
            return;
        }
        Path parent = absolute.getParent();
        if (parent != null) {
            create(parent);
        }
        try {
            Files.createDirectories(absolute);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory " + absolute, e);
        }
        sync(parent);
    }
}
