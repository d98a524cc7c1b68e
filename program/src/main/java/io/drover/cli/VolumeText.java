package io.drover.cli;

import io.drover.output.TextTable;
import io.drover.proto.operations.v1.Job;
import io.drover.proto.operations.v1.Replica;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
import java.util.List;
import java.util.Map;

/** One volume with all that belongs to it, for a person to read. */
final class VolumeText {
    private final StringBuilder text = new StringBuilder();

    private VolumeText() {}

    static String of(VolumeDetail volume) {
        VolumeText page = new VolumeText();
        VolumeSummary summary = volume.getSummary();
        page.line("Name", summary.getName());
        page.line("State", summary.getState());
        page.line("Condition", Listings.condition(summary));
        page.line("Size", Shown.size(summary.getSizeBytes()) + " (" + summary.getSizeBytes() + " bytes)");
        page.line("Allocated", Shown.size(summary.getAllocatedBytes()));
        page.line("File system", summary.getFileSystem());
        page.line("Made from", volume.getSource());
        page.line("Created", Shown.time(summary.getCreated()));
        page.line("Attached to", summary.getNode());
        page.line("Device", volume.getDevice());
        volume.getUsedByList().forEach(user -> page.line("Used by", user));
        for (Replica replica : volume.getReplicasList()) {
            page.line(
                    "Replica", replica.getPath() + " (node " + replica.getNode() + ", disk " + replica.getDisk() + ")");
        }
        page.parameters(volume.getParametersMap());
        page.jobs(volume.getRecurringJobsList());
        if (volume.getSnapshotsCount() > 0) {
            page.text.append("\nSnapshots\n").append(Listings.SNAPSHOTS.table(volume.getSnapshotsList()));
        }
        return page.text.toString();
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            text.append(String.format("%-12s %s%n", name + ":", value));
        }
    }

    private void parameters(Map<String, String> parameters) {
        if (!parameters.isEmpty()) {
            TextTable table = new TextTable().left("PARAMETER").left("VALUE");
            parameters.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(parameter -> table.row(parameter.getKey(), parameter.getValue()));
            text.append("\nParameters\n").append(table.render());
        }
    }

    private void jobs(List<Job> jobs) {
        if (!jobs.isEmpty()) {
            TextTable table =
                    new TextTable().left("JOB").left("TASK").left("CRON").right("RETAIN");
            jobs.forEach(
                    job -> table.row(job.getName(), job.getTask(), job.getCron(), Integer.toString(job.getRetain())));
            text.append("\nRecurring jobs\n").append(table.render());
        }
    }
}
