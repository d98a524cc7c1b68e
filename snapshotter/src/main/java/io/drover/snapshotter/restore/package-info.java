/** One restore, from a store into a volume's image: fetched, checked and written block by block. Called by the mover's edge. */
@NullMarked
package io.drover.snapshotter.restore;

import org.jspecify.annotations.NullMarked;
