package io.drover.snapshotter.schedule;

import java.time.Instant;

/**
 * A snapshot or a backup that a job made.
 *
 * @param ready whether it is complete
 * @param needed whether something else needs it: it is the base of the next incremental backup, or is being uploaded
 * @param comparable whether a new result may be compared with it: the volume's next backup goes where it lies
 */
public record JobResult(String name, Instant takenAt, boolean ready, boolean needed, boolean comparable) {}
