/**
 * The life of a volume: made, grown, changed, reverted, deleted; and how it is. Each operation is one straight line under the guard of
 * its volume: look up, decide, write down what is going to happen, ask the host, write down that it happened. Called again, it goes on
 * where it stands.
 *
 * <pre>
 *  create: choose a place ─▶ record CREATING with the place ─▶ host makes the replica ─▶ record READY
 *  delete: record DELETING ─▶ host deletes what goes with it ─▶ no record, or RETAINED while snapshots of owners outside remain
 *  revert: record the safety snapshot CREATING ─▶ host swaps ─▶ safety snapshot READY
 * </pre>
 */
@NullMarked
package io.drover.controller.volume;

import org.jspecify.annotations.NullMarked;
