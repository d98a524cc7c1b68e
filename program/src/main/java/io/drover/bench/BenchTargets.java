package io.drover.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes targets that are empty, and takes them away again: on the null server, and as directories beside the driver's own. */
final class BenchTargets implements AutoCloseable {
    static final List<String> KINDS = List.of(BenchTarget.NULL_SERVER, BenchTarget.DIRECTORY);

    private final MoverTrial trial;
    private final NullS3Server server;
    private int made;

    private BenchTargets(MoverTrial trial, NullS3Server server) {
        this.trial = trial;
        this.server = server;
    }

    /**
     * Starts the null server.
     *
     * @param keeping whether it keeps blocks, so that they can be restored
     */
    static BenchTargets start(MoverTrial trial, boolean keeping) throws IOException {
        NullS3Objects objects = keeping
                ? NullS3Objects.keeping(
                        Files.createDirectory(trial.sandbox().directory().resolve("null-s3")))
                : NullS3Objects.dropping();
        return new BenchTargets(trial, NullS3Server.start(objects));
    }

    /** An empty place that the driver does not know yet. */
    BenchTarget unknown(String kind) throws IOException {
        String name = "bench-" + made++;
        if (kind.equals(BenchTarget.NULL_SERVER)) {
            return new BenchTarget(kind, name, NullS3Server.url(name), server.credentials());
        }
        Path directory = Files.createDirectory(directory(name));
        return new BenchTarget(kind, name, "file://" + directory, Map.of());
    }

    /** An empty target of the driver's. */
    BenchTarget make(String kind) throws IOException {
        BenchTarget target = unknown(kind);
        trial.addTarget(target.name(), target.url(), target.credentials());
        return target;
    }

    /** Empties a place. */
    void empty(BenchTarget target) throws IOException {
        if (target.kind().equals(BenchTarget.NULL_SERVER)) {
            server.objects().clear();
        } else {
            deleteTree(directory(target.name()));
        }
    }

    /** Removes a target with everything in it. */
    void remove(BenchTarget target) throws IOException {
        trial.removeTarget(target.name());
        empty(target);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private Path directory(String name) {
        return trial.sandbox().directory().resolve(name);
    }

    private static void deleteTree(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
