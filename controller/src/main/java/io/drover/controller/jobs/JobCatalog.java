package io.drover.controller.jobs;

import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobRules;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Settings;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The RecurringJobs. */
public final class JobCatalog {
    private final ResourceStore store;
    private final Supplier<Settings> settings;

    JobCatalog(ResourceStore store, Supplier<Settings> settings) {
        this.store = store;
        this.settings = settings;
    }

    /** All, by name. */
    public List<RecurringJob> all() {
        return store.list(RecurringJob.class).stream().map(Stored::value).toList();
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
     * @throws StorageException INVALID with everything that is wrong; EXISTS_DIFFERENT if there is another one of this name
     */
    public RecurringJob create(RecurringJob wanted) {
        RecurringJobRules.require(wanted, settings.get().maximumRetention());
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
        return store.create(wanted).value();
    }

    /**
     * Replaces everything but the name.
     *
     * @throws StorageException NOT_FOUND without the job; INVALID with everything that is wrong, and the job stays as it is
     */
    public RecurringJob replace(RecurringJob wanted) {
        RecurringJobRules.require(wanted, settings.get().maximumRetention());
        var _ = get(wanted.name());
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
