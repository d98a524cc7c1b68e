/**
 * The mover's gRPC service ({@code drover/mover.proto}) and its client of the host's agent: reads messages, calls the services, writes
 * messages. The only package of this app that knows gRPC.
 */
@NullMarked
package io.drover.snapshotter.mover;

import org.jspecify.annotations.NullMarked;
