package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a {@link NullS3Server} has been given. Safe for several threads. */
final class NullS3Objects {
    private static final String BLOCK = ".blk";

    /**
     * An object.
     *
     * @param content of small ones; empty for blocks
     * @param file where a block is kept, if it is
     */
    record Stored(long size, Instant modified, Optional<byte[]> content, Optional<Path> file) {}

    private final Optional<Path> folder;
    private final NavigableMap<String, Stored> stored = new ConcurrentSkipListMap<>();
    private final AtomicLong files = new AtomicLong();

    private NullS3Objects(Optional<Path> folder) {
        this.folder = folder;
    }

    /** Blocks are dropped; asked for again, they are not there. */
    static NullS3Objects dropping() {
        return new NullS3Objects(Optional.empty());
    }

    /** Blocks are kept as files in this folder, which exists. */
    static NullS3Objects keeping(Path folder) {
        return new NullS3Objects(Optional.of(folder));
    }

    static boolean isBlock(String key) {
        return key.endsWith(BLOCK);
    }

    /** A new file for a block, if blocks are kept. */
    Optional<Path> newFile() {
        return folder.map(path -> path.resolve(Long.toString(files.getAndIncrement())));
    }

    void put(String key, Stored object) {
        stored.put(key, object);
    }

    Optional<Stored> find(String key) {
        return Optional.ofNullable(stored.get(key));
    }

    void delete(String key) {
        stored.remove(key);
    }

    /** By key, those after this one. */
    NavigableMap<String, Stored> after(String key) {
        return stored.tailMap(key, false);
    }

    /** By key, this one and those after it. */
    NavigableMap<String, Stored> from(String key) {
        return stored.tailMap(key, true);
    }

    /** Forgets everything, and deletes the files. */
    void clear() throws IOException {
        for (Stored object : stored.values()) {
            if (object.file().isPresent()) {
                Files.deleteIfExists(object.file().get());
            }
        }
        stored.clear();
    }
}
