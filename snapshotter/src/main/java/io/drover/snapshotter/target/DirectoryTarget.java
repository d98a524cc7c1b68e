package io.drover.snapshotter.target;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A target that is a directory of this host, perhaps a mounted one (section 17.1 of the format's description). A file is written as
 * {@code <name>.tmp.<nanoseconds>} beside its place, synced and renamed.
 *
 * <p>The directory itself must exist, and stay the same one: a path where nothing is mounted any more must not look like an empty store,
 * and must not be written to.
 */
public final class DirectoryTarget implements TargetFiles {
    private static final Pattern UNFINISHED = Pattern.compile(".*\\.tmp\\.[0-9]+");
    /** Directories may vanish between the making and the use of them, when another client prunes empty ones. */
    private static final int WRITE_ATTEMPTS = 10;

    private static final int PIECE = 128 << 10;
    /** Pruning goes no higher than this; other clients leave it too. */
    private static final Path HIGHEST = Path.of("backupstore");

    private final Path top;
    private final Object identity;
    private final String description;
    private final Clock clock;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong lastNanos = new AtomicLong();

    private DirectoryTarget(Path top, Object identity, String description, Clock clock) {
        this.top = top;
        this.identity = identity;
        this.description = description;
        this.clock = clock;
    }

    /**
     * Opens an existing directory.
     *
     * @param description for messages, such as the target's URL
     * @param clock for the names of temporary files
     * @throws StorageException UNAVAILABLE if it is not there, IN_USE if it is no directory or may not be read
     */
    public static DirectoryTarget open(Path top, String description, Clock clock) {
        return new DirectoryTarget(top, identity(top, description), description, clock);
    }

    @Override
    public Optional<TargetFile> find(String path) {
        return call("look for", path, () -> {
            try {
                BasicFileAttributes facts = Files.readAttributes(resolve(path), BasicFileAttributes.class);
                return facts.isRegularFile() ? Optional.of(file(path, facts)) : Optional.<TargetFile>empty();
            } catch (NoSuchFileException e) {
                checkTop();
                return Optional.<TargetFile>empty();
            }
        });
    }

    @Override
    public byte[] read(String path, int limit) {
        return reading(path, limit, (channel, size) -> {
            byte[] content = new byte[size];
            fill(channel, content, size);
            return content;
        });
    }

    @Override
    public int read(String path, byte[] into) {
        return reading(path, into.length, (channel, size) -> {
            fill(channel, into, size);
            return size;
        });
    }

    private <T> T reading(String path, int limit, Reading<T> reading) {
        return call("read", path, () -> {
            try (FileChannel channel = FileChannel.open(resolve(path), StandardOpenOption.READ)) {
                long size = channel.size();
                if (size > limit) {
                    throw StorageException.corrupt("cannot read " + path + " of " + description + ": it has " + size
                            + " bytes, of at most " + limit);
                }
                return reading.read(channel, (int) size);
            } catch (NoSuchFileException e) {
                checkTop();
                throw StorageException.notFound("the file", path + " of " + description);
            }
        });
    }

    private static void fill(FileChannel channel, byte[] content, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(content, 0, length);
        while (buffer.hasRemaining()) {
            nextPiece(buffer, length);
            if (channel.read(buffer) < 0) {
                throw new IOException("the file ended at byte " + buffer.position() + " of " + length);
            }
            buffer.limit(length);
        }
    }

    /** What the JDK copies out of the heap and into it at once stays with its buffers, or is allocated anew each time. */
    private static void nextPiece(ByteBuffer buffer, int length) {
        buffer.limit(Math.min(buffer.position() + PIECE, length));
    }

    @Override
    public void write(String path, byte[] content) {
        write(path, content, content.length);
    }

    @Override
    public void write(String path, byte[] content, int length) {
        call("write", path, () -> {
            checkTop();
            Path place = resolve(path);
            for (int attempt = 1; ; attempt++) {
                try {
                    makeParents(place);
                    replace(place, content, length);
                    return null;
                } catch (NoSuchFileException e) {
                    checkTop();
                    if (attempt == WRITE_ATTEMPTS) {
                        throw e;
                    }
                }
            }
        });
    }

    @Override
    public List<TargetEntry> list(String directory) {
        return call("list", directory, () -> {
            List<TargetEntry> entries = new ArrayList<>();
            for (Path child : children(resolve(directory))) {
                String name = String.valueOf(child.getFileName());
                if (!UNFINISHED.matcher(name).matches()) {
                    entries.add(new TargetEntry(name, Files.isDirectory(child)));
                }
            }
            return entries;
        });
    }

    @Override
    public void walk(String directory, Consumer<TargetFile> receiver) {
        walk(directory, receiver, _ -> {});
    }

    @Override
    public void walk(String directory, Consumer<TargetFile> receiver, Consumer<TargetFile> unfinished) {
        List<String> below = new ArrayList<>();
        level(directory, receiver, unfinished, below::add);
        below.forEach(child -> walk(child, receiver, unfinished));
    }

    @Override
    public void delete(String path) {
        call("delete", path, () -> {
            checkTop();
            Path place = resolve(path);
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw StorageException.inUse("cannot delete " + path + " of " + description + ": it is a directory");
            }
            if (Files.deleteIfExists(place)) {
                sync(place.getParent());
            }
            prune(place.getParent());
            return null;
        });
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void close() {}

    /** The files directly in a directory, those of unfinished writes, and the paths of the directories in it. */
    void level(
            String directory,
            Consumer<TargetFile> files,
            Consumer<TargetFile> unfinished,
            Consumer<String> directories) {
        call("list", directory, () -> {
            for (Path child : children(resolve(directory))) {
                String path = top.relativize(child).toString();
                try {
                    BasicFileAttributes facts = Files.readAttributes(child, BasicFileAttributes.class);
                    if (facts.isDirectory()) {
                        directories.accept(path);
                    } else if (facts.isRegularFile()) {
                        boolean whole = !UNFINISHED.matcher(path).matches();
                        (whole ? files : unfinished).accept(file(path, facts));
                    }
                } catch (NoSuchFileException e) {
                    checkTop(); // deleted meanwhile by somebody else, or all of it is gone
                }
            }
            return null;
        });
    }

    /** What is in a directory; nothing if it surely does not exist. */
    private List<Path> children(Path directory) throws IOException {
        try (var stream = Files.newDirectoryStream(directory)) {
            List<Path> children = new ArrayList<>();
            stream.forEach(children::add);
            // A directory that was opened and then lost its mount reads as empty on some systems.
            if (children.isEmpty()) {
                checkTop();
            }
            return children;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NotDirectoryException e) {
            throw e;
        } catch (NoSuchFileException e) {
            checkTop();
            return List.of();
        }
    }

    private static void makeParents(Path place) throws IOException {
        Path parent = Objects.requireNonNull(place.getParent());
        if (Files.isDirectory(parent)) {
            return;
        }
        makeParents(parent);
        try {
            Files.createDirectory(
                    parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            sync(parent.getParent());
        } catch (FileAlreadyExistsException e) {
            // One look only: if it was pruned by somebody else meanwhile, that is NoSuchFileException, and the caller
            // begins again.
            if (!Files.readAttributes(parent, BasicFileAttributes.class).isDirectory()) {
                throw e;
            }
        }
    }

    private void replace(Path place, byte[] content, int length) throws IOException {
        Path temporary = place.resolveSibling(place.getFileName() + ".tmp." + nanos());
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content, 0, length);
                while (buffer.hasRemaining()) {
                    nextPiece(buffer, length);
                    channel.write(buffer);
                    buffer.limit(length);
                }
                channel.force(true);
            }
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            dropQuietly(temporary, e);
            throw e;
        }
        sync(place.getParent());
    }

    private static void dropQuietly(Path temporary, IOException cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Nanoseconds since 1970, as other clients name their temporary files; never the same twice in this process. */
    private long nanos() {
        Instant now = clock.instant();
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        return lastNanos.accumulateAndGet(nanos, (last, wanted) -> Math.max(last + 1, wanted));
    }

    /** Removes parents that are empty, up to the store's own folder. */
    private void prune(@Nullable Path directory) throws IOException {
        Path current = directory;
        while (current != null && current.startsWith(top) && !current.equals(top)) {
            if (top.relativize(current).equals(HIGHEST)) {
                return;
            }
            try {
                Files.delete(current);
            } catch (DirectoryNotEmptyException e) {
                return;
            } catch (NoSuchFileException e) {
                // Another client was quicker.
            }
            current = current.getParent();
        }
    }

    private static void sync(@Nullable Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            // Pruned by another client; what it held is gone as well, or was moved there and is durable with it.
        } catch (IOException e) {
            // Some network file systems cannot sync a directory, and make names durable at once.
            if (!String.valueOf(e.getMessage()).contains("Invalid argument")) {
                throw e;
            }
        }
    }

    private Path resolve(String path) {
        if (path.isEmpty()) {
            return top;
        }
        Path place = top.resolve(path);
        if (path.startsWith("/") || path.endsWith("/") || !place.equals(place.normalize())) {
            throw StorageException.invalid("\"" + path + "\" is no path within a target");
        }
        return place;
    }

    private static TargetFile file(String path, BasicFileAttributes facts) {
        return new TargetFile(path, facts.size(), facts.lastModifiedTime().toInstant());
    }

    /** Makes sure that the directory is there, and is the one that was opened. */
    private void checkTop() {
        if (!identity(top, description).equals(identity)) {
            throw StorageException.unavailable("cannot use " + description + ": " + top
                    + " is another directory than before; was something mounted or unmounted there?");
        }
    }

    private static Object identity(Path top, String description) {
        try {
            BasicFileAttributes facts = Files.readAttributes(top, BasicFileAttributes.class);
            if (!facts.isDirectory()) {
                throw StorageException.inUse("cannot use " + description + ": " + top + " is no directory");
            }
            return Objects.requireNonNull(facts.fileKey());
        } catch (NoSuchFileException e) {
            throw StorageException.unavailable(
                    "cannot use " + description + ": the directory " + top + " does not exist; mount or make it");
        } catch (IOException e) {
            throw failure("use", "", description, e);
        }
    }

    private <T extends @Nullable Object> T call(String verb, String path, Step<T> step) {
        requests.incrementAndGet();
        try {
            return step.run();
        } catch (IOException e) {
            throw failure(verb, path, description, e);
        }
    }

    private static StorageException failure(String verb, String path, String description, IOException e) {
        String operation = "cannot " + verb + " " + (path.isEmpty() ? "" : path + " of ") + description + ": ";
        String words = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        String text = words == null ? e.getClass().getSimpleName() : words;
        if (e instanceof AccessDeniedException
                || text.contains("Permission denied")
                || text.contains("not permitted")) {
            return new StorageException(
                    ErrorCode.IN_USE,
                    operation + "no permission; let Drover's user read and write the directory (NFS: root_squash?)",
                    e);
        }
        if (text.contains("No space left") || text.contains("quota exceeded")) {
            return new StorageException(ErrorCode.NO_SPACE, operation + text + "; make room at the target", e);
        }
        if (text.contains("Read-only file system")) {
            return new StorageException(
                    ErrorCode.IN_USE, operation + "it is read-only; mount or export it writable", e);
        }
        if (e instanceof NotDirectoryException
                || e instanceof FileAlreadyExistsException
                || text.contains("Is a directory")
                || text.contains("Not a directory")) {
            return new StorageException(
                    ErrorCode.IN_USE, operation + text + "; something foreign stands where the store has its own", e);
        }
        return new StorageException(ErrorCode.UNAVAILABLE, operation + text, e);
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(FileChannel channel, int size) throws IOException;
    }

    @FunctionalInterface
    private interface Step<T extends @Nullable Object> {
        T run() throws IOException;
    }
}
