/**
 * Freezing mounted file systems for the moment of a snapshot. A freeze has a deadline that outlives its owner:
 *
 * <pre>
 * guard started (a process of its own: sleeps, then thaws) → record written → FIFREEZE, one by one → snapshot
 *   → FITHAW in reverse → guard ended → record removed
 * </pre>
 *
 * If this process ends in between, the guard thaws at the deadline; a process that starts again thaws at once what the records name.
 * The guard is as long-lived as the pid namespace it runs in: a container that holds the agent shares the host's (hostPID), or it ends
 * with the container and only the restart thaws.
 * Used by {@code node.agent}.
 */
@NullMarked
package io.drover.node.freeze;

import org.jspecify.annotations.NullMarked;
