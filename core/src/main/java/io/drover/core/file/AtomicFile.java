package io.drover.core.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A small file that is always either the old one or the new one. Writing goes to a temporary file {@code .<name>.tmp} in the same
 * directory, which is synced and then renamed over the old one; then the directory is synced. What a crash leaves of the temporary
 * file is overwritten by the next write. One writer at a time per file: the caller's guard sees to that.
 */
public final class AtomicFile {
    private final Path path;

    public AtomicFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    public Path path() {
        return path;
    }

    /** The content, or empty if there surely is no such file. */
    public Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The content as UTF-8, or empty if there surely is no such file. */
    public Optional<String> readText() {
        return read().map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Replaces the content; durable when this returns. The directory exists. Only the owner may read the file. */
    public void write(byte[] content) {
        Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Directories.sync(path.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /** Replaces the content by UTF-8 text. */
    public void writeText(String content) {
        write(content.getBytes(StandardCharsets.UTF_8));
    }

    /** Removes the file; durable when this returns. An absent file is no error. */
    public void delete() {
        try {
            if (Files.deleteIfExists(path)) {
                Directories.sync(path.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
