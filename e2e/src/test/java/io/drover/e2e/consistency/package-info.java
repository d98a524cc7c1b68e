/**
 * What a snapshot holds, and what survives a loss of power: a workload that knows what it was promised writes to a volume, and every
 * copy of it is held against those promises.
 */
@NullMarked
package io.drover.e2e.consistency;

import org.jspecify.annotations.NullMarked;
