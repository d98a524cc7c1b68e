/** What leaves the host: the format of backup stores, targets, the mover, and recurring jobs. */
@NullMarked
package io.drover.snapshotter;

import org.jspecify.annotations.NullMarked;
