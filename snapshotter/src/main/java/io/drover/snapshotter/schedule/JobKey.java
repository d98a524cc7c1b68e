package io.drover.snapshotter.schedule;

import io.drover.core.model.VolumeId;
import java.util.Comparator;

/** A job on a volume. */
public record JobKey(VolumeId volume, String job) implements Comparable<JobKey> {
    private static final Comparator<JobKey> ORDER =
            Comparator.comparing(JobKey::volume).thenComparing(JobKey::job);

    @Override
    public int compareTo(JobKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return volume + "/" + job;
    }
}
