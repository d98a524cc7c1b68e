package io.drover.sandbox;

import io.drover.core.exec.ChildProcess;
import io.drover.core.model.SnapshotId;
import io.drover.core.rpc.RpcChannel;
import io.drover.core.sys.SystemCalls;
import io.drover.proto.operations.v1.OperationsGrpc;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code drover standalone} of one's own: a child process, its data, its disk and a kubelet's paths, all below one new directory.
 * The disk is a sparse pool image, so that it runs on any root file system and takes only the space that is written.
 *
 * <p>Not for several threads, except {@link #close}, which may come from a shutdown hook.
 */
public final class Sandbox implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration CALL_LIMIT = Duration.ofMinutes(10);
    private static final int POLL_MILLIS = 5;
    private static final int LOG_LINES_SHOWN = 15;
    /** Marks a directory that may be deleted as a whole. */
    private static final String MARK = ".drover-sandbox";

    private final Path directory;
    private final SandboxOptions options;
    private final Leftovers leftovers;
    private @Nullable ChildProcess process;
    private @Nullable RpcChannel csi;
    private @Nullable RpcChannel operations;
    private boolean closed;

    private Sandbox(Path directory, SandboxOptions options, SystemCalls system) {
        this.directory = directory;
        this.options = options;
        this.leftovers = new Leftovers(system, directory);
    }

    /** Makes the directory; nothing runs yet. */
    public static Sandbox create(SandboxOptions options, SystemCalls system) throws IOException {
        Path directory = Files.createTempDirectory(options.parent().toRealPath(), "drover-" + options.purpose() + "-");
        Files.createFile(directory.resolve(MARK));
        Files.createDirectory(directory.resolve("disk"));
        return new Sandbox(directory, options, system);
    }

    /**
     * Removes a sandbox that an earlier process left on purpose.
     *
     * @return what could not be removed, in words
     * @throws IOException if there is no sandbox in that directory, or its files cannot be deleted
     */
    public static List<String> removeKept(Path directory, SystemCalls system) throws IOException, InterruptedException {
        Path real = directory.toRealPath();
        if (!Files.isRegularFile(real.resolve(MARK))) {
            throw new IOException(directory + " is not what a demo left: it has no file " + MARK);
        }
        return removeAll(real, new Leftovers(system, real));
    }

    /**
     * Starts the driver and waits until it serves.
     *
     * @return the time from the process's start to its first answer
     * @throws IOException if it ends or does not serve in time; the message has the end of its log
     */
    public Duration start() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ChildProcess child = launch();
        while (!isServing()) {
            if (!child.isAlive() || System.nanoTime() - begin > START_LIMIT.toNanos()) {
                String how = child.isAlive()
                        ? "does not serve after " + START_LIMIT.toSeconds() + " s"
                        : "ended with exit code " + child.exitCode().orElse(-1);
                throw new IOException("the driver " + how + "; the end of its log " + log() + ":\n" + endOfLog());
            }
            Thread.sleep(POLL_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Ends the driver as a power switch would: SIGKILL. */
    public void kill() throws InterruptedException {
        disconnect();
        running().kill();
    }

    /**
     * Ends the driver in good order: SIGTERM.
     *
     * @return its exit code
     * @throws IOException if it does not end
     */
    public int stop() throws IOException, InterruptedException {
        disconnect();
        if (!running().terminate(Duration.ofSeconds(30))) {
            throw new IOException("the driver still runs 30 s after SIGTERM; the end of its log:\n" + endOfLog());
        }
        return running().exitCode().orElse(-1);
    }

    public CsiClient csi() {
        return new CsiClient(connected(csi).channel());
    }

    public Kubelet kubelet() {
        return new Kubelet(connected(csi).channel(), directory.resolve("kubelet"));
    }

    /** The operations that the command line uses. */
    public OperationsGrpc.OperationsBlockingStub operations() {
        return OperationsGrpc.newBlockingStub(connected(operations).channel());
    }

    public Path directory() {
        return directory;
    }

    /**
     * Where the disk's files are, {@code volumes/} among them: the mount of the pool image, or the disk's folder itself.
     *
     * @throws IOException if there is no such place, because the driver never ran
     */
    public Path pool() throws IOException {
        return Stream.concat(leftovers.mountPoints().stream(), Stream.of(directory.resolve("disk")))
                .filter(place -> Files.exists(place.resolve("drover-disk.json")))
                .findFirst()
                .orElseThrow(() -> new IOException("no disk of Drover's is mounted below " + directory));
    }

    /**
     * The image file of a snapshot: exactly the volume's bytes.
     *
     * @param handle {@code snap://<volume>/<snapshot>}
     * @throws IOException if there is none
     */
    public Path snapshotImage(String handle) throws IOException {
        SnapshotId id = SnapshotId.ofHandle(handle);
        Path folder = pool().resolve(Path.of("volumes", id.volume().toString(), "snapshots", id.name()));
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("image"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no image in " + folder));
        }
    }

    public Path dataDirectory() {
        return directory.resolve("data");
    }

    public Path csiSocket() {
        return directory.resolve("csi.sock");
    }

    public Path log() {
        return directory.resolve("drover.log");
    }

    public long pid() {
        return running().pid();
    }

    public Leftovers leftovers() {
        return leftovers;
    }

    /** Removes everything: the process, mounts, loop devices and all files. Closing again does nothing. */
    @Override
    public void close() {
        try {
            List<String> rest = remove();
            if (!rest.isEmpty()) {
                throw new IllegalStateException(
                        "cannot remove " + directory + ": " + String.join(", ", rest) + " remain");
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot remove " + directory + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<String> remove() throws IOException, InterruptedException {
        if (closed) {
            return List.of();
        }
        closed = true;
        disconnect();
        if (process != null) {
            process.kill();
        }
        return removeAll(directory, leftovers);
    }

    private static List<String> removeAll(Path directory, Leftovers leftovers)
            throws IOException, InterruptedException {
        List<String> rest = leftovers.remove();
        if (rest.isEmpty()) {
            deleteTree(directory);
        }
        return rest;
    }

    private synchronized ChildProcess launch() throws IOException {
        if (closed) {
            throw new IOException(directory + " is being removed");
        }
        ChildProcess child = DriverProgram.start(arguments(), log());
        process = child;
        return child;
    }

    private List<String> arguments() {
        String disk = directory.resolve("disk") + ",size=" + options.poolBytes()
                + options.engine().map(engine -> ",engine=" + engine).orElse("");
        List<String> arguments = new ArrayList<>(List.of(
                "standalone",
                "--data-dir",
                dataDirectory().toString(),
                "--csi-endpoint",
                "unix://" + csiSocket(),
                "--metrics-port",
                "0",
                "--disk",
                disk));
        arguments.addAll(options.serverArguments());
        return arguments;
    }

    private boolean isServing() {
        // A plain connect first: a gRPC channel that failed once waits a second before it tries again.
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(csiSocket()));
        } catch (IOException e) {
            return false;
        }
        disconnect();
        csi = RpcChannel.toUnixSocket(csiSocket(), CALL_LIMIT, "see " + log());
        operations = RpcChannel.toUnixSocket(dataDirectory().resolve("drover.sock"), CALL_LIMIT, "see " + log());
        try {
            return csi().isReady();
        } catch (StatusRuntimeException e) {
            return false;
        }
    }

    private void disconnect() {
        Stream.of(csi, operations).forEach(channel -> {
            if (channel != null) {
                channel.close();
            }
        });
        csi = null;
        operations = null;
    }

    private static RpcChannel connected(@Nullable RpcChannel channel) {
        if (channel == null) {
            throw new IllegalStateException("the driver of this sandbox does not run");
        }
        return channel;
    }

    private ChildProcess running() {
        if (process == null) {
            throw new IllegalStateException("the driver of this sandbox was never started");
        }
        return process;
    }

    private String endOfLog() throws IOException {
        List<String> lines = Files.exists(log()) ? Files.readAllLines(log()) : List.of();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    private static void deleteTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem)
                    throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
