/**
 * Recurring jobs as users write them: the JSON of a StorageClass, checked as a whole, and cron schedules. The controller checks with
 * it, the scheduler runs by it. JSON and cron libraries do not show outside.
 */
@NullMarked
package io.drover.core.jobs;

import org.jspecify.annotations.NullMarked;
