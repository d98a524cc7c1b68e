package io.drover.core.jobs;

import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.model.JobTask;
import io.drover.core.model.RecurringJob;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** A RecurringJob as somebody wrote it, not looked at yet. */
public record RecurringJobDraft(
        String name,
        String task,
        String cron,
        int retain,
        List<String> groups,
        Map<String, String> labels,
        int concurrency,
        String timeZone) {
    public RecurringJobDraft {
        groups = List.copyOf(groups);
        labels = Map.copyOf(labels);
    }

    /**
     * Accepts it.
     *
     * @param maximumRetention upper limit of {@code retain}
     * @throws StorageException INVALID with everything that is wrong
     */
    public RecurringJob accepted(int maximumRetention, Instant createdAt) {
        Violations violations = new Violations();
        Optional<RecurringJob> named = attempt(violations, () -> job(name, createdAt, JobTask.SNAPSHOT));
        Optional<JobTask> known = attempt(violations, () -> JobTask.parse(task));
        RecurringJob job = job(named.map(RecurringJob::name).orElse("x"), createdAt, known.orElse(JobTask.SNAPSHOT));
        RecurringJobRules.check(job, maximumRetention, violations);
        violations.throwIfAny(RecurringJobRules.refusal(name));
        return job;
    }

    private RecurringJob job(String as, Instant createdAt, JobTask of) {
        return new RecurringJob(as, of, cron, retain, new TreeSet<>(groups), labels, concurrency, timeZone, createdAt);
    }

    private static <T> Optional<T> attempt(Violations violations, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (StorageException e) {
            violations.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }
}
