/**
 * The hosts as the controller sees them: one port, {@link io.drover.controller.host.Hosts}, with values for what it asks and what it is
 * told, and the gRPC client of the agents behind it. A host that gives no answer is an error and never an absence.
 */
@NullMarked
package io.drover.controller.host;

import org.jspecify.annotations.NullMarked;
