package io.drover.controller.jobs;

import io.drover.controller.attachment.AttachmentRequest;
import io.drover.controller.fake.World;
import io.drover.core.jobs.RecurringJobDraft;
import io.drover.core.model.AccessMode;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobTask;
import io.drover.core.model.NodeId;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.parameters.ParameterReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A world with a volume {@code data}, and short forms of what tests of jobs do with it. */
final class JobWorld {
    static final VolumeId DATA = World.volume("data");
    static final JobPlan PLAN = new JobPlan(JobTask.SNAPSHOT, "@hourly", "UTC");

    final World world = new World();

    JobWorld() {
        world.create("data");
    }

    JobServices jobs() {
        return world.services().jobs();
    }

    RecurringJob job(String name, int retain, String... groups) {
        return jobs().catalog()
                .create(new RecurringJobDraft(name, "snapshot", "@hourly", retain, List.of(groups), Map.of(), 1, ""));
    }

    void label(String volume, String key) {
        var _ = jobs().labels().change(World.volume(volume), Map.of(key, "enabled"), List.of());
    }

    /** Gives a volume jobs of its own. */
    Volume own(String volume, String json) {
        return world.services()
                .changes()
                .modify(
                        World.volume(volume),
                        now -> ParameterReader.readMutable(Map.of("recurringJobs", json), now, world.settings));
    }

    static String snapshots(String name, int retain) {
        return "[{\"name\":\"" + name + "\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":" + retain + "}]";
    }

    void attach(String volume, boolean block) {
        var _ = world.services()
                .attachments()
                .publish(new AttachmentRequest(
                        World.volume(volume), new NodeId(World.NODE), AccessMode.SINGLE_NODE_WRITER, block));
    }

    void track(String job) {
        jobs().histories().track(DATA, job, Optional.of(PLAN), now());
    }

    Instant now() {
        return world.clock.instant();
    }

    /** A run of now. */
    JobRun begin(String job) {
        return jobs().histories().begin(DATA, job, PLAN, now(), false);
    }

    void finish(String job, JobRun run, JobOutcome outcome, String message) {
        jobs().histories().finish(DATA, job, run.ended(new JobRun.End(outcome, now(), 0, message)));
    }

    JobHistory history(String job) {
        return Optional.ofNullable(jobs().histories().all().get(JobHistory.key(DATA, job)))
                .orElseThrow();
    }
}
