/**
 * Freezing mounted file systems for the moment of a snapshot. A freeze has a deadline that outlives its owner:
 *
 * <pre>
 * guard started (a process of its own: sleeps, then thaws) → record written → FIFREEZE, one by one → snapshot
 *   → FITHAW in reverse → guard ended → record removed
 * </pre>
 *
 * If this process ends in between, the guard thaws at the deadline; a process that starts again thaws at once what the records name.
 * Used by {@code node.agent}.
 */
@NullMarked
package io.drover.node.freeze;

import org.jspecify.annotations.NullMarked;
