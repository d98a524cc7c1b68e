package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out whether a target can be used: connects, writes, reads, lists and deletes a small object of its own. */
public final class TargetProbe {
    /** Beside the folders of the format, where no reader of it looks. */
    private static final String FOLDER = "backupstore/drover-probe";

    private static final Duration LEFT_OVER = Duration.ofHours(1);

    /** What a step said; no problem = it worked. */
    public record Step(String name, String problem, Duration took) {
        public boolean worked() {
            return problem.isEmpty();
        }
    }

    private final Supplier<String> ids;
    private final LongSupplier nanoTime;

    /** @param ids new names, each a word of letters, digits and dashes */
    public TargetProbe(Supplier<String> ids, LongSupplier nanoTime) {
        this.ids = ids;
        this.nanoTime = nanoTime;
    }

    /** Takes all steps: connect, write, read, list, delete. What cannot be tried after a failure says so. Never throws for a target's sake. */
    public List<Step> test(Supplier<TargetFiles> opening) {
        List<Step> steps = new ArrayList<>();
        AtomicReference<@Nullable TargetFiles> opened = new AtomicReference<>();
        boolean connected = take(steps, "connect", () -> {
            TargetFiles files = opening.get();
            opened.set(files);
            files.list("backupstore");
        });
        TargetFiles files = opened.get();
        try {
            if (!connected || files == null || !objectSteps(steps, files)) {
                String failed = steps.getLast().name();
                for (String name : List.of("write", "read", "list", "delete")) {
                    if (!name.equals(failed)) {
                        steps.add(new Step(name, "not tried, since " + failed + " failed", Duration.ZERO));
                    }
                }
            }
        } finally {
            if (files != null) {
                files.close();
            }
        }
        return steps;
    }

    private boolean objectSteps(List<Step> steps, TargetFiles files) {
        String id = ids.get();
        String path = FOLDER + "/" + id;
        byte[] content = ("Drover's probe " + id + "\n").getBytes(StandardCharsets.UTF_8);
        if (!take(steps, "write", () -> files.write(path, content))) {
            return false;
        }
        take(steps, "read", () -> {
            if (!Arrays.equals(files.read(path, 1 << 16), content)) {
                throw StorageException.corrupt("what was read of " + path + " is not what was written");
            }
        });
        take(steps, "list", () -> {
            if (files.list(FOLDER).stream().noneMatch(entry -> entry.name().equals(id))) {
                throw StorageException.unavailable("what was written is missing in the listing of " + FOLDER);
            }
        });
        take(steps, "delete", () -> {
            removeLeftOvers(files, path);
            files.delete(path);
            if (files.find(path).isPresent()) {
                throw StorageException.unavailable(path + " is still there after it was deleted");
            }
        });
        return true;
    }

    /** What probes left that were killed, an hour ago or more by the server's clock. */
    private static void removeLeftOvers(TargetFiles files, String path) {
        Optional<Instant> now = files.find(path).map(TargetFile::modified);
        List<TargetFile> left = new ArrayList<>();
        files.walk(FOLDER, left::add, left::add);
        left.stream()
                .filter(file ->
                        now.filter(file.modified().plus(LEFT_OVER)::isBefore).isPresent())
                .forEach(file -> files.delete(file.path()));
    }

    private boolean take(List<Step> steps, String name, Runnable action) {
        long start = nanoTime.getAsLong();
        String problem = "";
        try {
            action.run();
        } catch (StorageException e) {
            problem = e.getMessage() == null ? e.code().name() : e.getMessage();
        }
        steps.add(new Step(name, problem, Duration.ofNanos(nanoTime.getAsLong() - start)));
        return problem.isEmpty();
    }
}
