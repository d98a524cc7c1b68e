/**
 * Drover as the processes of a cluster: {@code drover controller}, {@code drover node}, {@code drover mover}. Each is wired in one method,
 * from the same parts as {@code io.drover.standalone}; they meet over mutual TLS.
 */
@NullMarked
package io.drover.cluster;

import org.jspecify.annotations.NullMarked;
