package io.drover.snapshotter.target;

import io.drover.core.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/** Opens targets, whatever carries them. Connections to S3 servers are kept from one opening to the next. */
public final class TargetOpener implements AutoCloseable {
    /** In flight to one NFS server; more wait. */
    private static final int NFS_THREADS = 16;

    private static final Duration NFS_DEADLINE = Duration.ofMinutes(2);

    private final NfsMounts mounts;
    private final S3Connections connections;
    private final S3Timing timing;
    private final Clock clock;
    private final Pause pause;
    private final LongSupplier nanoTime;

    /**
     * @param environment of the process: proxies, region and web identity for what a target's own credentials leave open
     * @param nanoTime as {@code System::nanoTime}
     */
    public TargetOpener(
            NfsMounts mounts,
            Map<String, String> environment,
            S3Timing timing,
            Clock clock,
            Pause pause,
            LongSupplier nanoTime) {
        this.mounts = mounts;
        this.connections = new S3Connections(environment, timing, pause);
        this.timing = timing;
        this.clock = clock;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /**
     * Opens a target, without asking a server anything yet.
     *
     * @throws io.drover.core.error.StorageException INVALID if the two do not go together; for a directory also what
     *     {@link DirectoryTarget#open} says
     */
    public TargetFiles open(TargetAddress address, TargetCredentials credentials) {
        return switch (address) {
            case TargetAddress.S3 s3 -> new S3Target(s3, connections.lease(s3, credentials), timing, pause, nanoTime);
            case TargetAddress.Nfs nfs ->
                new NfsTarget(nfs, mounts, clock, new BoundedCalls(nfs.url(), NFS_THREADS, NFS_DEADLINE));
            case TargetAddress.Directory directory -> DirectoryTarget.open(directory.path(), directory.url(), clock);
        };
    }

    /** Lets go of connections, those in use as soon as their targets are closed. */
    @Override
    public void close() {
        connections.close();
    }
}
