/**
 * Drover is killed: at every step of every operation, and again and again under a running workload. What it was doing is finished or
 * undone by the same call, nothing leaks, and the workload notices nothing.
 */
@NullMarked
package io.drover.e2e.crash;

import org.jspecify.annotations.NullMarked;
