/**
 * Recurring jobs as the controller knows them: which hold for a volume, what became of their runs, and the work of a run. When a run is due
 * is decided by the scheduler, which calls these services over the operations socket. Used by the edges.
 */
@NullMarked
package io.drover.controller.jobs;

import org.jspecify.annotations.NullMarked;
