package io.drover.snapshotter.store;

import io.drover.snapshotter.format.BackupConfiguration;
import io.drover.snapshotter.format.BlockSize;
import io.drover.snapshotter.format.Compression;
import io.drover.snapshotter.format.VolumeConfiguration;

/**
 * A backup that was found complete and consistent. Every entry of its map lies within the volume.
 *
 * @param volume its size is what a restore needs
 * @param backup with its blocks
 */
public record RestorableBackup(
        VolumeConfiguration volume, BackupConfiguration backup, BlockSize blockSize, Compression compression) {}
