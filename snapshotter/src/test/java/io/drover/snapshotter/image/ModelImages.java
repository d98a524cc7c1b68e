package io.drover.snapshotter.image;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Volumes in real files, which know of each page when it was written, so that they can tell extents and differences as a copy-on-write
 * file system does. Snapshots are copies.
 */
public final class ModelImages implements SnapshotImages {
    public static final int PAGE = 4096;

    private final Path folder;
    private final Map<String, Image> images = new HashMap<>();
    private final Set<String> sealed = new TreeSet<>();
    private long writes;

    public ModelImages(Path folder) {
        this.folder = folder;
    }

    /**
     * One image.
     *
     * @param written for each page the number of the write that made it; 0 = a hole
     */
    private record Image(Path path, long[] written) {}

    /** A volume that is one hole. */
    public void create(ReplicaAddress replica, long size) {
        Path path = folder.resolve(replica.volume() + ".img");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.truncate(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images.put(key(replica, ""), new Image(path, new long[0]));
        grow(replica, size);
    }

    public void grow(ReplicaAddress replica, long size) {
        Image image = image(replica, "");
        try (var file = new java.io.RandomAccessFile(image.path().toFile(), "rw")) {
            file.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images.put(
                key(replica, ""),
                new Image(image.path(), Arrays.copyOf(image.written(), Math.toIntExact(size / PAGE))));
    }

    /** Writes whole pages. */
    public void write(ReplicaAddress replica, long offset, byte[] pages) {
        Image image = image(replica, "");
        put(image.path(), offset, pages);
        mark(image, offset, pages.length, ++writes);
    }

    /** Writes seeded bytes of which about half can be compressed away. */
    public void writeRandom(ReplicaAddress replica, long offset, int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int at = 0; at < length; at += 128) {
            Arrays.fill(bytes, at, Math.min(at + 64, length), bytes[at]);
        }
        write(replica, offset, bytes);
    }

    /** Gives pages back: they read as zeros, and nothing is allocated. */
    public void trim(ReplicaAddress replica, long offset, int length) {
        Image image = image(replica, "");
        put(image.path(), offset, new byte[length]);
        mark(image, offset, length, 0);
    }

    /** Makes some seeded changes: writes, writes of zeros, trims. */
    public void change(ReplicaAddress replica, int changes, int longestPages, Random random) {
        int pages = image(replica, "").written().length;
        for (int i = 0; i < changes; i++) {
            int first = random.nextInt(pages);
            int length = PAGE * (1 + random.nextInt(Math.min(longestPages, pages - first)));
            switch (random.nextInt(4)) {
                case 0 -> trim(replica, (long) first * PAGE, length);
                case 1 -> write(replica, (long) first * PAGE, new byte[length]);
                default -> writeRandom(replica, (long) first * PAGE, length, random);
            }
        }
    }

    public void takeSnapshot(ReplicaAddress replica, String name) {
        Image image = image(replica, "");
        Path copy = folder.resolve(replica.volume() + "@" + name);
        try {
            Files.copy(image.path(), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images.put(key(replica, name), new Image(copy, image.written().clone()));
    }

    public void deleteSnapshot(ReplicaAddress replica, String name) {
        try {
            Files.delete(image(replica, name).path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        images.remove(key(replica, name));
    }

    public boolean isSealed(ReplicaAddress replica) {
        return sealed.contains(replica.volume());
    }

    @Override
    public ImageLocation snapshot(ReplicaAddress replica, String snapshot) {
        return location(image(replica, snapshot));
    }

    @Override
    public ImageLocation head(ReplicaAddress replica) {
        return location(image(replica, ""));
    }

    @Override
    public void extents(ReplicaAddress replica, String snapshot, Optional<String> base, Consumer<ByteRange> receiver) {
        long[] now = image(replica, snapshot).written();
        long[] before = base.map(name -> image(replica, name).written()).orElse(new long[0]);
        List<ByteRange> ranges = new ArrayList<>();
        for (int page = 0; page < now.length; page++) {
            long old = page < before.length ? before[page] : 0;
            if (now[page] != old) {
                add(ranges, new ByteRange((long) page * PAGE, PAGE, now[page] == 0));
            }
        }
        ranges.forEach(receiver);
    }

    private static void add(List<ByteRange> ranges, ByteRange page) {
        if (!ranges.isEmpty()
                && ranges.getLast().end() == page.offset()
                && ranges.getLast().zero() == page.zero()) {
            ByteRange last = ranges.removeLast();
            ranges.add(new ByteRange(last.offset(), last.length() + page.length(), page.zero()));
        } else {
            ranges.add(page);
        }
    }

    @Override
    public void seal(ReplicaAddress replica) {
        image(replica, "");
        sealed.add(replica.volume());
    }

    private static ImageLocation location(Image image) {
        try {
            return new ImageLocation(image.path(), Files.size(image.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Image image(ReplicaAddress replica, String snapshot) {
        Image image = images.get(key(replica, snapshot));
        if (image == null) {
            throw StorageException.notFound("image", key(replica, snapshot));
        }
        return image;
    }

    private static String key(ReplicaAddress replica, String snapshot) {
        return replica.volume() + "@" + snapshot;
    }

    private static void mark(Image image, long offset, int length, long write) {
        int page = Math.toIntExact(offset / PAGE);
        Arrays.fill(image.written(), page, page + length / PAGE, write);
    }

    private static void put(Path path, long offset, byte[] bytes) {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
