/**
 * The CSI Node service: reads requests, calls the services of {@code node.stage}, answers. The only package of this app besides
 * {@code node.agent} that knows gRPC.
 */
@NullMarked
package io.drover.node.csi;

import org.jspecify.annotations.NullMarked;
