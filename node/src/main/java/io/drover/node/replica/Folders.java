package io.drover.node.replica;

import io.drover.core.file.Directories;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.node.metadata.DiskFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Plain directories and files on a disk, every failure with the code that the caller is told. */
final class Folders {
    private final FileCalls files;

    Folders(FileCalls files) {
        this.files = files;
    }

    /** Whether there surely is something of this name, or surely is not. */
    boolean exists(Path path) {
        try {
            return files.linkStatus(path).isPresent();
        } catch (SystemCallException e) {
            throw DiskFailure.of("cannot look at " + path, e);
        }
    }

    void create(Path directory) {
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw DiskFailure.of("cannot make the directory " + directory, new UncheckedIOException(e));
        }
    }

    /** Renames within one directory and makes that durable. Never replaces. */
    void rename(Path from, Path to) {
        try {
            files.rename(from, to);
            Directories.sync(to.getParent());
        } catch (SystemCallException | UncheckedIOException e) {
            throw DiskFailure.of("cannot rename " + from + " to " + to.getFileName(), e);
        }
    }

    /** Exchanges two names in one directory, and makes that durable. */
    void exchange(Path first, Path second) {
        try {
            files.exchange(first, second);
            Directories.sync(first.getParent());
        } catch (SystemCallException | UncheckedIOException e) {
            throw DiskFailure.of("cannot exchange " + first + " and " + second.getFileName(), e);
        }
    }

    /** Makes a file's content durable. */
    void sync(Path file) {
        try {
            files.sync(file);
        } catch (SystemCallException e) {
            throw DiskFailure.of("cannot make " + file + " durable", e);
        }
    }

    /** The entries of a directory; none if it surely is absent. */
    List<Path> list(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw DiskFailure.of("cannot list " + directory, new UncheckedIOException(e));
        } catch (DirectoryIteratorException e) {
            throw DiskFailure.of("cannot list " + directory, new UncheckedIOException(e.getCause()));
        }
        return entries;
    }

    /** Removes a directory with the plain files in it. A directory inside is not touched, and fails this. Absent is no error. */
    void delete(Path directory) {
        try {
            for (Path entry : list(directory)) {
                if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(entry);
                }
            }
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw DiskFailure.of("cannot delete " + directory, new UncheckedIOException(e));
        }
    }

    void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw DiskFailure.of("cannot delete " + file, new UncheckedIOException(e));
        }
    }
}
