/**
 * A backup store as a whole: what is in it, writing a backup into it, deleting one, checking one. Built from a target's files, the format
 * and the locks. Nothing is ever deleted because a listing came back empty, short or failed.
 *
 * <p>A backup is written in this order, so that a crash leaves blocks that nobody names and never a name without its block: volume.cfg (if it is
 * the first) → the backup's configuration as in progress → blocks → the configuration as complete → volume.cfg naming it as the last.
 */
@NullMarked
package io.drover.snapshotter.store;

import org.jspecify.annotations.NullMarked;
