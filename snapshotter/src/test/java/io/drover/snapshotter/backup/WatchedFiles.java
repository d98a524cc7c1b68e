package io.drover.snapshotter.backup;

import io.drover.core.error.StorageException;
import io.drover.snapshotter.target.TargetEntry;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A target that counts its calls, fails the one that a test chooses, and answers nobody any more once its user was killed. */
public final class WatchedFiles implements TargetFiles {
    private final TargetFiles files;
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<String, Integer> blockWrites = new ConcurrentHashMap<>();
    private volatile int failing = -1;
    private volatile boolean cut;

    public WatchedFiles(TargetFiles files) {
        this.files = files;
    }

    /** Lets the call of this number fail, counted from 0. */
    public void failAt(int call) {
        failing = call;
    }

    /** Nothing gets through any more, as if the process had been killed. */
    public void cut() {
        cut = true;
    }

    public int calls() {
        return calls.get();
    }

    /** How often each block was written. */
    public Map<String, Integer> blockWrites() {
        return blockWrites;
    }

    private void call(String what) {
        int call = calls.getAndIncrement();
        if (cut) {
            throw StorageException.unavailable("killed before: " + what);
        }
        if (call == failing) {
            throw StorageException.unavailable("provoked failure of call " + call + ", " + what);
        }
    }

    @Override
    public Optional<TargetFile> find(String path) {
        call("find " + path);
        return files.find(path);
    }

    @Override
    public byte[] read(String path, int limit) {
        call("read " + path);
        return files.read(path, limit);
    }

    @Override
    public void write(String path, byte[] content) {
        call("write " + path);
        files.write(path, content);
        if (path.endsWith(".blk")) {
            blockWrites.merge(path, 1, Integer::sum);
        }
    }

    @Override
    public List<TargetEntry> list(String directory) {
        call("list " + directory);
        return files.list(directory);
    }

    @Override
    public void walk(String directory, Consumer<TargetFile> receiver) {
        call("walk " + directory);
        files.walk(directory, receiver);
    }

    @Override
    public void delete(String path) {
        call("delete " + path);
        files.delete(path);
    }

    @Override
    public long requests() {
        return calls.get();
    }

    @Override
    public String description() {
        return files.description();
    }

    @Override
    public void close() {
        files.close();
    }
}
