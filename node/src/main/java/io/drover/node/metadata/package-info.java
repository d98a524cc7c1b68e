/**
 * Small versioned JSON files beside the data: identities of disks, records of replicas and snapshots. A file of a newer version is
 * refused with its path, never read half. For {@code node.disk} and {@code node.replica}.
 */
@NullMarked
package io.drover.node.metadata;

import org.jspecify.annotations.NullMarked;
