package io.drover.cli;

import io.drover.output.TextTable;
import io.drover.proto.operations.v1.Replica;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
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
        volume.getWarningsList().forEach(warning -> page.line("Warning", warning));
        page.table("Labels", "LABEL", volume.getLabelsMap());
        page.table("Parameters", "PARAMETER", volume.getParametersMap());
        if (volume.getJobsCount() > 0) {
            page.text.append("\nRecurring jobs\n").append(JobListings.OF_VOLUME.table(volume.getJobsList()));
        }
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

    private void table(String title, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            TextTable table = new TextTable().left(name).left("VALUE");
            values.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(value -> table.row(value.getKey(), value.getValue()));
            text.append("\n").append(title).append("\n").append(table.render());
        }
    }
}
