package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A target on an NFS server: a directory, once somebody has mounted it, and calls that end even if the server is dead. The mount is
 * claimed with the first call, and again from time to time.
 */
final class NfsTarget implements TargetFiles {
    private static final Duration RENEWAL = Duration.ofMinutes(1);

    private final TargetAddress.Nfs address;
    private final NfsMounts mounts;
    private final Clock clock;
    private final BoundedCalls calls;

    private @Nullable DirectoryTarget directory;
    private Instant claimed = Instant.MIN;
    private long earlierRequests;

    NfsTarget(TargetAddress.Nfs address, NfsMounts mounts, Clock clock, BoundedCalls calls) {
        this.address = address;
        this.mounts = mounts;
        this.clock = clock;
        this.calls = calls;
    }

    @Override
    public Optional<TargetFile> find(String path) {
        DirectoryTarget files = files();
        return calls.call("look for " + path, () -> files.find(path));
    }

    @Override
    public byte[] read(String path, int limit) {
        DirectoryTarget files = files();
        return calls.call("read " + path, () -> files.read(path, limit));
    }

    @Override
    public int read(String path, byte[] into) {
        DirectoryTarget files = files();
        return calls.call("read " + path, () -> files.read(path, into));
    }

    @Override
    public void write(String path, byte[] content) {
        write(path, content, content.length);
    }

    @Override
    public void write(String path, byte[] content, int length) {
        DirectoryTarget files = files();
        calls.call("write " + path, () -> {
            files.write(path, content, length);
            return null;
        });
    }

    @Override
    public List<TargetEntry> list(String path) {
        DirectoryTarget files = files();
        return calls.call("list " + path, () -> files.list(path));
    }

    @Override
    public void walk(String path, Consumer<TargetFile> receiver) {
        walk(path, receiver, _ -> {});
    }

    /** Directory by directory, so that only each listing has to end in time, and not all of them together. */
    @Override
    public void walk(String path, Consumer<TargetFile> receiver, Consumer<TargetFile> unfinished) {
        DirectoryTarget files = files();
        List<String> below = new ArrayList<>();
        List<TargetFile> here = new ArrayList<>();
        List<TargetFile> unfinishedHere = new ArrayList<>();
        calls.call("list " + path, () -> {
            files.level(path, here::add, unfinishedHere::add, below::add);
            return null;
        });
        here.forEach(receiver);
        unfinishedHere.forEach(unfinished);
        below.forEach(child -> walk(child, receiver, unfinished));
    }

    @Override
    public void delete(String path) {
        DirectoryTarget files = files();
        calls.call("delete " + path, () -> {
            files.delete(path);
            return null;
        });
    }

    @Override
    public synchronized long requests() {
        return earlierRequests + (directory == null ? 0 : directory.requests());
    }

    @Override
    public String description() {
        return address.url();
    }

    @Override
    public void close() {
        calls.close();
    }

    /** The mounted directory, claimed not long ago. */
    private synchronized DirectoryTarget files() {
        Instant now = clock.instant();
        DirectoryTarget current = directory;
        if (current != null && now.isBefore(claimed.plus(RENEWAL))) {
            return current;
        }
        Path mounted;
        try {
            mounted = mounts.claim(address);
        } catch (StorageException e) {
            throw new StorageException(e.code(), "cannot use " + address.url() + ": " + e.getMessage(), e);
        }
        // Opened anew, since what is mounted there now may be another mount of the same export.
        DirectoryTarget fresh =
                calls.call("open " + mounted, () -> DirectoryTarget.open(mounted, address.url(), clock));
        earlierRequests += current == null ? 0 : current.requests();
        directory = fresh;
        claimed = now;
        return fresh;
    }
}
