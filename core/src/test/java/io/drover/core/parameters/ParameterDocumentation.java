package io.drover.core.parameters;

import java.util.List;

/** Writes {@code docs/parameters.md} from the declarations of the keys. */
final class ParameterDocumentation {
    private final StringBuilder text = new StringBuilder();

    static String markdown() {
        return new ParameterDocumentation().write();
    }

    private String write() {
        paragraph("# Parameters and settings");
        paragraph(
                "<!-- Generated from the code by ParameterDocumentationTest, which says how to write it anew. Do not edit. -->");
        paragraph(
                "What is malformed or unknown is refused with INVALID_ARGUMENT: every violation at once, an unknown key with the "
                        + "nearest known one, and nothing is made. Keys that begin with `csi.storage.k8s.io/` are Kubernetes' own and pass. An "
                        + "empty value is the default.");
        paragraph("## StorageClass");
        table(VolumeKeys.ALL);
        paragraph("A VolumeAttributesClass can change " + changeable() + " of an existing volume.");
        recurringJobs();
        paragraph("### Classes written for Longhorn");
        paragraph(
                "They are accepted with the provisioner's name changed. These keys mean nothing here and are ignored with a warning "
                        + "in the log:");
        foreign(true);
        paragraph("These would change what a volume contains or who may read it, and are refused with UNIMPLEMENTED:");
        foreign(false);
        paragraph("## VolumeSnapshotClass and VolumeGroupSnapshotClass");
        table(SnapshotKeys.ALL);
        paragraph("## Settings");
        paragraph(
                "Of the whole driver, changed while it runs: `drover setting list`, `drover setting set <name> <value>`.");
        table(SettingKeys.ALL);
        return text.toString().stripTrailing() + "\n";
    }

    private void recurringJobs() {
        paragraph("### recurringJobs");
        paragraph(
                "```json\n[{\"name\": \"snap\", \"task\": \"snapshot\", \"cron\": \"*/5 * * * *\", \"retain\": 3, \"labels\": {\"k\": "
                        + "\"v\"}},\n {\"name\": \"nightly\", \"task\": \"backup\", \"cron\": \"@daily\", \"retain\": 7}]\n```");
        row("field", "meaning");
        row("---", "---");
        row("`name`", "1 to 8 lower-case letters, digits and inner dashes; unique in the list");
        row("`task`", "`snapshot` or `backup`");
        row(
                "`cron`",
                "minute, hour, day of month, month, day of week; or `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, "
                        + "`@yearly`, `@annually`. UTC, unless the scheduler is given a time zone");
        row(
                "`retain`",
                "how many results are kept: an integer of at least 1; the sum over the list is at most the setting "
                        + "`maximum-retention`");
        row(
                "`labels`",
                "optional; keys as Kubernetes' labels have them, except `RecurringJob` and `KubernetesStatus`; values are texts "
                        + "of at most 256 characters");
        text.append('\n');
        paragraph(
                "At most 100 jobs. A violation names its position and its job: `recurringJobs[1] \"nightly\": retain 0 is not possible; "
                        + "give an integer of at least 1`.");
    }

    private void table(List<Parameter<?>> parameters) {
        row("key", "default", "possible", "meaning");
        row("---", "---", "---", "---");
        for (Parameter<?> parameter : parameters) {
            row(
                    "`" + parameter.key() + "`",
                    parameter.defaultText().isEmpty() ? "none" : "`" + parameter.defaultText() + "`",
                    parameter.type().description(),
                    parameter.description());
        }
        text.append('\n');
    }

    private void foreign(boolean ignored) {
        row("key", ignored ? "why" : "instead");
        row("---", "---");
        ForeignKeys.ALL.stream()
                .filter(key -> key.isAlwaysHarmless() == ignored)
                .forEach(key -> row("`" + key.key() + "`" + exception(key), key.reason()));
        text.append('\n');
    }

    private static String exception(ForeignKeys.ForeignKey key) {
        List<String> values = key.harmless().stream()
                .filter(value -> value.length() > 1)
                .sorted()
                .toList();
        return values.isEmpty() ? "" : " other than `" + String.join("`, `", values) + "`";
    }

    private static String changeable() {
        List<String> keys = VolumeKeys.ALL.stream()
                .filter(Parameter::changeable)
                .map(parameter -> "`" + parameter.key() + "`")
                .toList();
        return String.join(", ", keys.subList(0, keys.size() - 1)) + " and " + keys.getLast();
    }

    private void paragraph(String line) {
        text.append(line).append("\n\n");
    }

    private void row(String... cells) {
        text.append("| ")
                .append(String.join(" | ", List.of(cells)).replace("\n", " "))
                .append(" |\n");
    }
}
