/**
 * Recurring jobs: what is due ({@link io.drover.snapshotter.schedule.Planner}, pure), what a run does
 * ({@link io.drover.snapshotter.schedule.RunWork}), which results are too many ({@link io.drover.snapshotter.schedule.Retention}, pure), and
 * the loop over all of them ({@link io.drover.snapshotter.schedule.Scheduler}). Nothing is remembered here that matters: a run is written
 * down as begun, with its time and the name of its result, before anything is done, and as ended afterwards; whoever finds one that was
 * begun and not ended continues it under the same name. Everything outside is behind {@link io.drover.snapshotter.schedule.JobBoard}.
 */
@NullMarked
package io.drover.snapshotter.schedule;

import org.jspecify.annotations.NullMarked;
