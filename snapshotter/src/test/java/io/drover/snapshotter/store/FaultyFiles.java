package io.drover.snapshotter.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.target.TargetEntry;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A target that does something wrong at chosen calls. */
final class FaultyFiles implements TargetFiles {
    enum Fault {
        /** The call fails and has no effect. */
        ERROR,
        /** The target forbids it. */
        DENIED,
        /** The call has its effect, and the answer is lost. */
        LOST_ANSWER,
        /** A listing is empty; other calls are right. */
        EMPTY,
        /** A listing has half of the names; other calls are right. */
        FIRST_HALF,
        SECOND_HALF
    }

    /** Which calls it happens at. */
    interface When {
        boolean test(int call, String operation);
    }

    private final TargetFiles files;
    private final Fault fault;
    private final When when;
    private final Predicate<String> directories;
    private int calls;
    private int faults;

    FaultyFiles(TargetFiles files, Fault fault, When when) {
        this(files, fault, when, directory -> true);
    }

    /** Always, in the listings of these directories. */
    FaultyFiles(TargetFiles files, Fault fault, Predicate<String> directories) {
        this(files, fault, (call, operation) -> true, directories);
    }

    private FaultyFiles(TargetFiles files, Fault fault, When when, Predicate<String> directories) {
        this.files = files;
        this.fault = fault;
        this.when = when;
        this.directories = directories;
    }

    int calls() {
        return calls;
    }

    int faults() {
        return faults;
    }

    @Override
    public Optional<TargetFile> find(String path) {
        return call("find", () -> files.find(path));
    }

    @Override
    public byte[] read(String path, int limit) {
        return call("read", () -> files.read(path, limit));
    }

    @Override
    public void write(String path, byte[] content) {
        call("write", () -> {
            files.write(path, content);
            return path;
        });
    }

    @Override
    public void delete(String path) {
        call("delete", () -> {
            files.delete(path);
            return path;
        });
    }

    @Override
    public List<TargetEntry> list(String directory) {
        return listing(
                "list",
                directory,
                () -> files.list(directory).stream()
                        .sorted((a, b) -> a.name().compareTo(b.name()))
                        .toList());
    }

    @Override
    public void walk(String directory, Consumer<TargetFile> receiver) {
        listing("walk", directory, () -> {
                    List<TargetFile> all = new ArrayList<>();
                    files.walk(directory, all::add);
                    all.sort((a, b) -> a.path().compareTo(b.path()));
                    return all;
                })
                .forEach(receiver);
    }

    private <T> T call(String operation, Supplier<T> call) {
        if (!when.test(calls++, operation)) {
            return call.get();
        }
        switch (fault) {
            case ERROR -> {
                faults++;
                throw StorageException.unavailable("the target answers 500");
            }
            case DENIED -> {
                faults++;
                throw new StorageException(ErrorCode.IN_USE, "the target answers 403");
            }
            case LOST_ANSWER -> {
                faults++;
                var _ = call.get();
                throw StorageException.unavailable("the connection was reset");
            }
            default -> {
                return call.get();
            }
        }
    }

    private <T> List<T> listing(String operation, String directory, Supplier<List<T>> call) {
        boolean now = when.test(calls, operation) && directories.test(directory);
        List<T> all = call(operation, call);
        if (!now) {
            return all;
        }
        faults += fault == Fault.EMPTY || fault == Fault.FIRST_HALF || fault == Fault.SECOND_HALF ? 1 : 0;
        return switch (fault) {
            case EMPTY -> List.of();
            case FIRST_HALF -> all.subList(0, all.size() / 2);
            case SECOND_HALF -> all.subList(all.size() / 2, all.size());
            default -> all;
        };
    }

    @Override
    public long requests() {
        return calls;
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
