package io.drover.snapshotter.image;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open image. Safe for use by several threads, each with a {@link BlockBuffer} of its own. */
public final class ImageFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private ImageFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens an image that nobody writes. */
    public static ImageFile forReading(Path path) {
        return open(path, StandardOpenOption.READ);
    }

    /** Opens an image that exists, to fill it. */
    public static ImageFile forFilling(Path path) {
        return open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static ImageFile open(Path path, StandardOpenOption... options) {
        try {
            return new ImageFile(path, FileChannel.open(path, options));
        } catch (NoSuchFileException e) {
            throw StorageException.notFound("image", path.toString());
        } catch (IOException e) {
            throw failed("open", path, e);
        }
    }

    /** In bytes, now. */
    public long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failed("ask for the size of", path, e);
        }
    }

    /**
     * Reads a whole block into the buffer.
     *
     * @throws StorageException CORRUPT if the file ends before the block does
     */
    public void read(long offset, BlockBuffer into) {
        try {
            into.readFrom(channel, offset, path);
        } catch (IOException e) {
            throw failed("read " + offset + "+" + into.length() + " of", path, e);
        }
    }

    /**
     * Writes the buffer's block.
     *
     * @param overHole whether nothing is allocated there: then what is zero is left out
     */
    public void write(long offset, BlockBuffer from, boolean overHole) {
        try {
            from.writeTo(channel, offset, overHole);
        } catch (IOException e) {
            throw failed("write " + offset + "+" + from.length() + " of", path, e);
        }
    }

    /** Returns when everything written is on the disk. */
    public void sync() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw failed("sync", path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed("close", path, e);
        }
    }

    private static StorageException failed(String what, Path path, IOException e) {
        return StorageException.internal(
                "cannot " + what + " image " + path + ": " + e.getMessage() + "; look at the disk's health and space",
                e);
    }
}
