/** How the scheduler reaches the volumes: over the operations socket. The only part of it that knows gRPC. Used by the program. */
@NullMarked
package io.drover.snapshotter.operations;

import org.jspecify.annotations.NullMarked;
