package io.drover.controller.jobs;

import io.drover.core.model.JobLabels;
import io.drover.core.model.JobSelector;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a volume says about which jobs it wants.
 *
 * @param entries in the order of selector and labels; empty = it leaves that to the group {@value RecurringJob#DEFAULT_GROUP}
 */
record JobChoice(List<Entry> entries) {
    /**
     * One job or group.
     *
     * @param where as a person has written it
     */
    record Entry(String where, String name, boolean isGroup) {
        boolean chooses(RecurringJob job) {
            return isGroup ? job.groups().contains(name) : job.name().equals(name);
        }
    }

    static JobChoice of(Volume volume) {
        List<Entry> entries = new ArrayList<>();
        for (JobSelector selector : volume.parameters().recurringJobSelector()) {
            entries.add(new Entry("recurringJobSelector", selector.name(), selector.isGroup()));
        }
        volume.labels().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .filter(label -> label.getValue().equals(JobLabels.ENABLED))
                .forEach(label -> ofLabel(label.getKey()).ifPresent(entries::add));
        return new JobChoice(List.copyOf(entries));
    }

    /** What a label is about, whatever its value; empty if it has nothing to do with jobs. */
    static Optional<Entry> ofLabel(String key) {
        if (key.startsWith(JobLabels.CHOOSE_JOB)) {
            return Optional.of(new Entry("label " + key, key.substring(JobLabels.CHOOSE_JOB.length()), false));
        }
        if (key.startsWith(JobLabels.CHOOSE_GROUP)) {
            return Optional.of(new Entry("label " + key, key.substring(JobLabels.CHOOSE_GROUP.length()), true));
        }
        return Optional.empty();
    }

    boolean chooses(RecurringJob job) {
        return entries.stream().anyMatch(entry -> entry.chooses(job));
    }
}
