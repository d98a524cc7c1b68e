package io.drover.snapshotter.restore;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import io.drover.snapshotter.format.BlockDecoder;
import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.image.BlockBuffer;
import io.drover.snapshotter.transfer.Bandwidth;
import io.drover.snapshotter.transfer.TransferMonitor;
import java.time.Duration;
import java.util.List;

/**
 * Gets blocks that are surely what their names say. One that is missing or wrong is asked for again a few times: a server behind caches
 * may be late, and a connection may have damaged it.
 */
final class BlockFetcher {
    private static final List<Duration> WAITS = List.of(Duration.ofMillis(300), Duration.ofSeconds(2));

    private final BlockSource source;
    private final Compression compression;
    private final Bandwidth bandwidth;
    private final Cores cores;
    private final Pause pause;
    private final TransferMonitor monitor;

    /**
     * For one backup.
     *
     * @param compression of the backup, as a hint
     */
    BlockFetcher(
            BlockSource source,
            Compression compression,
            Bandwidth bandwidth,
            Cores cores,
            Pause pause,
            TransferMonitor monitor) {
        this.source = source;
        this.compression = compression;
        this.bandwidth = bandwidth;
        this.cores = cores;
        this.pause = pause;
        this.monitor = monitor;
    }

    /**
     * Fills the buffer with the block.
     *
     * @param room of the calling worker, for any stored block
     * @throws StorageException CORRUPT if the store does not have it, or not as it should be
     */
    void fetch(Checksum wanted, byte[] room, BlockBuffer into, BlockDecoder decoder) {
        for (int attempt = 0; ; attempt++) {
            try {
                tryToFetch(wanted, room, into, decoder);
                return;
            } catch (StorageException e) {
                if (e.code() != ErrorCode.CORRUPT || attempt == WAITS.size()) {
                    throw e;
                }
            }
            monitor.checkWanted();
            pause.forDuration(WAITS.get(attempt));
        }
    }

    private void tryToFetch(Checksum wanted, byte[] room, BlockBuffer into, BlockDecoder decoder) {
        int stored = source.fetch(wanted, room);
        monitor.sent(stored);
        bandwidth.take(stored, monitor);
        cores.run(() -> decoder.decode(room, stored, wanted, compression, into.bytes(), into.length()));
    }
}
