/**
 * What CSI's SnapshotMetadata asks: which byte ranges of a snapshot are allocated, and which differ between two snapshots of a volume.
 * The ranges come from the file system's extents; no data is read.
 */
@NullMarked
package io.drover.controller.metadata;

import org.jspecify.annotations.NullMarked;
