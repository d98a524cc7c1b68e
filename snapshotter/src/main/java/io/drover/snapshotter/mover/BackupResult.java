package io.drover.snapshotter.mover;

import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.transfer.TransferResult;

/**
 * What a backup came to.
 *
 * @param backup without its blocks: a result is kept in memory for a while
 * @param volumeSize what a restore needs
 */
record BackupResult(BackupConfiguration backup, long volumeSize) implements TransferResult {}
