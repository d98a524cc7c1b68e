package io.drover.controller.jobs;

import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobDraft;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Settings;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** The RecurringJobs. */
public final class JobCatalog {
    private final ResourceStore store;
    private final RetentionLimit limit;
    private final Supplier<Settings> settings;
    private final Clock clock;

    JobCatalog(ResourceStore store, RetentionLimit limit, Supplier<Settings> settings, Clock clock) {
        this.store = store;
        this.limit = limit;
        this.settings = settings;
        this.clock = clock;
    }

    /** Which of them hold for which volume, as they are now. */
    EffectiveJobs effective() {
        return EffectiveJobs.recorded(store, settings.get());
    }

    /**
     * One of them.
     *
     * @throws StorageException NOT_FOUND if there is none of this name
     */
    public RecurringJob get(String name) {
        return store.find(RecurringJob.class, name)
                .map(Stored::value)
                .orElseThrow(() -> StorageException.notFound("recurring job", name));
    }

    /**
     * Adds a job. An equal one that is there is success.
     *
     * @throws StorageException INVALID with everything that is wrong, or if a volume's jobs would keep too much; EXISTS_DIFFERENT if there is
     *     another one of this name
     */
    public RecurringJob create(RecurringJobDraft draft) {
        RecurringJob wanted = accepted(draft);
        Optional<RecurringJob> existing =
                store.find(RecurringJob.class, wanted.name()).map(Stored::value);
        if (existing.isPresent()) {
            if (!at(existing.get().createdAt(), wanted).equals(existing.get())) {
                throw StorageException.existsDifferent("cannot create recurring job " + wanted.name()
                        + ": there is one of this name that differs; change it with `drover job modify "
                        + wanted.name() + "`, or choose another name");
            }
            return existing.get();
        }
        limit.requireJob(wanted);
        return store.create(wanted).value();
    }

    /**
     * Replaces everything but the name.
     *
     * @throws StorageException NOT_FOUND without the job; INVALID with everything that is wrong, or if a volume's jobs would keep too much;
     *     the job stays as it is then
     */
    public RecurringJob replace(RecurringJobDraft draft) {
        RecurringJob wanted = accepted(draft);
        var _ = get(wanted.name());
        limit.requireJob(wanted);
        return store.change(RecurringJob.class, wanted.name(), now -> at(now.createdAt(), wanted))
                .value();
    }

    /**
     * Takes a job away. What it made stays, and a run under way goes on to its end.
     *
     * @throws StorageException NOT_FOUND without the job
     */
    public void delete(String name) {
        store.delete(RecurringJob.class, get(name).name());
    }

    private RecurringJob accepted(RecurringJobDraft draft) {
        return draft.accepted(settings.get().maximumRetention(), clock.instant());
    }

    private static RecurringJob at(Instant createdAt, RecurringJob job) {
        return new RecurringJob(
                job.name(),
                job.task(),
                job.cron(),
                job.retain(),
                job.groups(),
                job.labels(),
                job.concurrency(),
                job.timeZone(),
                createdAt);
    }
}
