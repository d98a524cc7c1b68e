/** Controller, node and mover as processes of their own, joined by mutual TLS, killed at work. */
@NullMarked
package io.drover.e2e.cluster;

import org.jspecify.annotations.NullMarked;
