package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.StorageException;
import io.drover.core.model.DataLocality;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.JobSelector;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.JobTask;
import io.drover.core.model.VolumeParameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** The typed parameters of a volume. Empty lists and texts are left out. */
final class VolumeParametersFormat {
    private VolumeParametersFormat() {}

    static void write(VolumeParameters parameters, ObjectNode node) {
        node.put("numberOfReplicas", parameters.numberOfReplicas());
        node.put("staleReplicaTimeout", parameters.staleReplicaTimeout().toString());
        if (!parameters.fromBackup().isEmpty()) {
            node.put("fromBackup", parameters.fromBackup());
        }
        if (!parameters.recurringJobs().isEmpty()) {
            ArrayNode jobs = node.putArray("recurringJobs");
            parameters.recurringJobs().forEach(job -> write(job, jobs.addObject()));
        }
        if (!parameters.recurringJobSelector().isEmpty()) {
            ArrayNode selectors = node.putArray("recurringJobSelector");
            parameters
                    .recurringJobSelector()
                    .forEach(selector ->
                            selectors.addObject().put("name", selector.name()).put("isGroup", selector.isGroup()));
        }
        node.put("dataLocality", parameters.dataLocality().text());
        node.put("fsType", parameters.fsType().text());
        writeTexts(node, "mkfsParams", parameters.mkfsParams());
        writeTexts(node, "diskSelector", parameters.diskSelector());
        writeTexts(node, "nodeSelector", parameters.nodeSelector());
        node.put("backupTargetName", parameters.backupTargetName());
    }

    static VolumeParameters read(Document document) {
        VolumeParameters read = new VolumeParameters(
                document.smallInteger("numberOfReplicas"),
                duration(document.text("staleReplicaTimeout")),
                document.optionalText("fromBackup").orElse(""),
                document.objects("recurringJobs").stream()
                        .map(VolumeParametersFormat::job)
                        .toList(),
                document.objects("recurringJobSelector").stream()
                        .map(VolumeParametersFormat::selector)
                        .toList(),
                DataLocality.parse(document.text("dataLocality")),
                FileSystemType.parse(document.text("fsType")),
                document.texts("mkfsParams"),
                document.texts("diskSelector"),
                document.texts("nodeSelector"),
                document.text("backupTargetName"));
        document.end();
        return read;
    }

    private static void write(JobSpecification job, ObjectNode node) {
        node.put("name", job.name())
                .put("task", Words.text(job.task()))
                .put("cron", job.cron())
                .put("retain", job.retain());
        if (!job.labels().isEmpty()) {
            ObjectNode labels = node.putObject("labels");
            new TreeMap<>(job.labels()).forEach(labels::put);
        }
    }

    private static JobSpecification job(Document job) {
        JobSpecification read = new JobSpecification(
                job.text("name"),
                job.word("task", JobTask.class),
                job.text("cron"),
                job.smallInteger("retain"),
                job.textMap("labels"));
        job.end();
        return read;
    }

    private static JobSelector selector(Document selector) {
        JobSelector read = new JobSelector(selector.text("name"), selector.bool("isGroup"));
        selector.end();
        return read;
    }

    private static void writeTexts(ObjectNode node, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(node.putArray(name)::add);
        }
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw StorageException.corrupt("spec.parameters.staleReplicaTimeout is no duration: " + text);
        }
    }
}
