/**
 * A throw-away Drover to try things on: a {@code standalone} as a child process with everything it owns below one
 * temporary directory, a CSI client that speaks to its socket as Kubernetes does, and workloads that write and verify.
 * The demo and the bench stand on it. Whatever happens, {@link io.drover.sandbox.Sandbox#close()} leaves no process, no mount
 * and no loop device.
 */
@NullMarked
package io.drover.sandbox;

import org.jspecify.annotations.NullMarked;
