/**
 * File systems on a volume's device: what is on it, making one if it is blank, checking, mounting, growing, measuring, and handing it
 * to a group. Building argument vectors ({@link io.drover.node.filesystem.FileSystemCommands}) and reading output
 * ({@link io.drover.node.filesystem.ProbeOutput}) are pure. Used by {@code node.stage}.
 *
 * <p>A device is formatted only if it is surely blank: no signature found by a probe that ran well, and nothing but zeros where the
 * image has data at all. An interrupted mkfs is known by a file beside the data ({@link io.drover.node.filesystem.FormattingIntent}),
 * and repeated.
 */
@NullMarked
package io.drover.node.filesystem;

import org.jspecify.annotations.NullMarked;
