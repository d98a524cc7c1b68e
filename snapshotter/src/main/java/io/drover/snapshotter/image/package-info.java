/** The images of volumes and snapshots on this host: where the agent says they lie, and how their blocks are read and written. */
@NullMarked
package io.drover.snapshotter.image;

import org.jspecify.annotations.NullMarked;
