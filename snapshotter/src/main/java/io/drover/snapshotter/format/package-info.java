/**
 * The form of a backup store, which is Longhorn's "backupstore": names, paths, configurations, checksums and compressed blocks, as bytes
 * in memory. Nothing here opens a file or knows a target. The facts behind it were read in longhorn/backupstore and tried against its
 * library; tests hold the bytes.
 *
 * <p>A store is {@code backupstore/volumes/<xx>/<yy>/<volume>/} with {@code volume.cfg}, {@code backups/backup_<name>.cfg} (each with the
 * complete map of the volume) and {@code blocks/<xx>/<yy>/<checksum>.blk}, shared by all backups of the volume.
 */
@NullMarked
package io.drover.snapshotter.format;

import org.jspecify.annotations.NullMarked;
