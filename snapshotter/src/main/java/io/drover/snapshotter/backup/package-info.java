/**
 * One backup, from a snapshot's image into a store: which blocks have to be looked at, and the pipeline that reads, names, compresses and
 * sends them. Called by the mover's edge; the format is the store's.
 */
@NullMarked
package io.drover.snapshotter.backup;

import org.jspecify.annotations.NullMarked;
