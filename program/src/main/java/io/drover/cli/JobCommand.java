package io.drover.cli;

import io.drover.proto.jobs.v1.DeleteJobRequest;
import io.drover.proto.jobs.v1.GetJobRequest;
import io.drover.proto.jobs.v1.JobDetail;
import io.drover.proto.jobs.v1.JobRunEntry;
import io.drover.proto.jobs.v1.ListJobRunsRequest;
import io.drover.proto.jobs.v1.ListJobsRequest;
import io.drover.proto.jobs.v1.RecurringJob;
import io.drover.proto.jobs.v1.RunJobRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover job …}. */
@Command(
        name = "job",
        description = {
            "Recurring jobs: snapshots, backups and tidying by schedule.",
            "A volume has the jobs of its own (parameter recurringJobs), those that its labels or its StorageClass choose, or else those of the group \"default\"."
        },
        footer = {
            "",
            "Examples:",
            "  drover job create nightly --task backup --cron '0 2 * * *' --retain 7 --group default",
            "  drover job list data",
            "  drover job runs data",
            "  drover job run data nightly",
            "  drover volume label data recurring-job.drover.io/nightly=enabled",
            "  drover volume modify data --set 'recurringJobs=[{\"name\":\"snap\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":24}]'"
        })
public final class JobCommand {
    @Command(
            name = "list",
            description = "Lists the jobs of one volume, or of all, with their latest and next run.",
            footer = {"", "Examples:", "  drover job list", "  drover job list data -o json"})
    void list(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>", arity = "0..1") @Nullable String volume) {
        try (Client client = server.connect()) {
            output.list(
                    JobListings.JOBS,
                    client.jobs()
                            .listJobs(ListJobsRequest.newBuilder()
                                    .setVolume(volume == null ? "" : volume)
                                    .build())
                            .getJobsList(),
                    "There are no recurring jobs. Make one: drover job create --help");
        }
    }

    @Command(
            name = "show",
            description = "Shows one RecurringJob, and the volumes that have it.",
            footer = {"", "Examples:", "  drover job show nightly"})
    void show(@Mixin ServerOptions server, @Mixin OutputOptions output, @Parameters(paramLabel = "<job>") String name) {
        try (Client client = server.connect()) {
            JobDetail job = client.jobs()
                    .getJob(GetJobRequest.newBuilder().setName(name).build());
            output.one(
                    JobListings.RECURRING,
                    job.getJob(),
                    () -> JobListings.RECURRING.table(List.of(job.getJob()))
                            + (job.getVolumesCount() == 0
                                    ? "\nNo volume has it. Choose it: drover volume label <volume> recurring-job.drover.io/"
                                            + name + "=enabled\n"
                                    : "\n" + JobListings.JOBS.table(job.getVolumesList())));
        }
    }

    @Command(
            name = "create",
            description = {
                "Makes a RecurringJob for all volumes that choose it.",
                "The same again changes nothing; another one of this name is refused."
            },
            footer = {
                "",
                "Examples:",
                "  drover job create nightly --task backup --cron '0 2 * * *' --retain 7 --group default",
                "  drover job create often --task snapshot --cron '*/10 * * * *' --retain 6 --label team=blue",
                "  drover job create trim --task filesystem-trim --cron @weekly --group default --time-zone Europe/Berlin"
            })
    void create(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Mixin JobOptions options,
            @Parameters(paramLabel = "<job>") String name) {
        try (Client client = server.connect()) {
            RecurringJob job = client.jobs()
                    .createJob(options.over(RecurringJob.newBuilder()
                            .setName(name)
                            .setRetain(1)
                            .setConcurrency(1)
                            .build()));
            output.one(JobListings.RECURRING, job, () -> "job " + name + " is there\n");
        }
    }

    @Command(
            name = "modify",
            description =
                    "Changes a RecurringJob; what is not given stays. Less to retain takes effect at the next run.",
            footer = {"", "Examples:", "  drover job modify nightly --retain 14"})
    void modify(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Mixin JobOptions options,
            @Parameters(paramLabel = "<job>") String name) {
        try (Client client = server.connect()) {
            RecurringJob now = client.jobs()
                    .getJob(GetJobRequest.newBuilder().setName(name).build())
                    .getJob();
            RecurringJob job = client.jobs().replaceJob(options.over(now));
            output.one(JobListings.RECURRING, job, () -> "changed job " + name + "\n");
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a RecurringJob. The snapshots and backups that it made stay.",
            footer = {"", "Examples:", "  drover job delete nightly --yes"})
    void delete(
            @Mixin ServerOptions server,
            @Mixin Confirmation confirmation,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<job>") String name) {
        confirmation.ask("Delete recurring job " + name + "? What it made stays.");
        try (Client client = server.connect()) {
            List<String> warnings = client.jobs()
                    .deleteJob(DeleteJobRequest.newBuilder().setName(name).build())
                    .getWarningsList();
            output.done("deleted job " + name);
            output.warnings(warnings);
        }
    }

    @Command(
            name = "runs",
            description = "Lists the latest runs, the newest first.",
            footer = {"", "Examples:", "  drover job runs", "  drover job runs data --job nightly -o yaml"})
    void runs(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>", arity = "0..1") @Nullable String volume,
            @Option(names = "--job", paramLabel = "<job>", description = "Only those of this job.") @Nullable
                    String job) {
        try (Client client = server.connect()) {
            output.list(
                    JobListings.RUNS,
                    runs(client, volume == null ? "" : volume, job == null ? "" : job),
                    job == null ? "No job has run yet." : "No run of a job \"" + job + "\" is on record.");
        }
    }

    private static List<JobRunEntry> runs(Client client, String volume, String job) {
        return client.jobs()
                .listJobRuns(ListJobRunsRequest.newBuilder()
                        .setVolume(volume)
                        .setJob(job)
                        .build())
                .getRunsList();
    }

    @Command(
            name = "run",
            description = "Runs a job of a volume now, whether or not there is anything new, and waits for its end.",
            footer = {"", "Examples:", "  drover job run data nightly", "  drover job run data nightly --no-wait"})
    int run(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<volume>") String volume,
            @Parameters(index = "1", paramLabel = "<job>") String job,
            @Option(names = "--no-wait", description = "Only ask for it.") boolean noWait)
            throws InterruptedException {
        try (Client client = server.connect()) {
            var requested = client.jobs()
                    .runJob(RunJobRequest.newBuilder()
                            .setVolume(volume)
                            .setJob(job)
                            .build())
                    .getRequested();
            if (noWait) {
                output.done("asked for a run of job " + job + " on volume " + volume);
                return ExitCode.OK;
            }
            while (true) {
                Optional<JobRunEntry> run = runs(client, volume, job).stream()
                        .filter(entry -> entry.getRun().getManual()
                                && entry.getRun().getScheduled().equals(requested)
                                && !entry.getRun().getOutcome().isEmpty())
                        .findFirst();
                if (run.isPresent()) {
                    output.one(JobListings.RUNS, run.get(), () -> JobListings.RUNS.table(List.of(run.get())));
                    return run.get().getRun().getOutcome().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
                }
                Thread.sleep(500);
            }
        }
    }
}
