/**
 * The movers as the controller sees them: one port, {@link io.drover.controller.mover.Movers}, with values for what it asks and what it
 * is told, and the gRPC client behind it. Only here, and in what resolves targets, are credentials held, and only as long as a call.
 */
@NullMarked
package io.drover.controller.mover;

import org.jspecify.annotations.NullMarked;
