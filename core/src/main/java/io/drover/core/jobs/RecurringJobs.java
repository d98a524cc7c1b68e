package io.drover.core.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.JobTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The StorageClass parameter {@code recurringJobs}:
 * {@code [{"name":"snap","task":"snapshot","cron":"@hourly","retain":3,"labels":{"k":"v"}}]}. The shape is Longhorn's up to
 * its version 1.1 (types.RecurringJob there).
 */
public final class RecurringJobs {
    static final String EXAMPLE = "[{\"name\":\"snap\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":3}]";

    private static final Set<String> FIELDS = Set.of("name", "task", "cron", "retain", "labels");
    private static final Set<String> TASKS = Set.of("snapshot", "backup");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?");

    private final Violations violations;
    private final int maximumRetention;

    private RecurringJobs(Violations violations, int maximumRetention) {
        this.violations = violations;
        this.maximumRetention = maximumRetention;
    }

    /**
     * Reads the list; empty text is an empty list.
     *
     * @param maximumRetention upper limit of the sum of {@code retain}
     * @throws StorageException INVALID with everything that is wrong, by position and job
     */
    public static List<JobSpecification> parse(String json, int maximumRetention) {
        Violations violations = new Violations();
        List<JobSpecification> jobs = read(json, maximumRetention, violations);
        violations.throwIfAny("cannot read the recurring jobs");
        return jobs;
    }

    /** As {@link #parse}, noting what is wrong beside other violations. The result is of use only if there are none. */
    public static List<JobSpecification> read(String json, int maximumRetention, Violations violations) {
        return new RecurringJobs(violations, maximumRetention).readAll(json);
    }

    /** The list as compact JSON that {@link #parse} reads; fields and labels in a fixed order. */
    public static String write(List<JobSpecification> jobs) {
        ArrayNode list = JsonList.MAPPER.createArrayNode();
        for (JobSpecification job : jobs) {
            ObjectNode object = list.addObject()
                    .put("name", job.name())
                    .put("task", job.task().text())
                    .put("cron", job.cron())
                    .put("retain", job.retain());
            if (!job.labels().isEmpty()) {
                ObjectNode labels = object.putObject("labels");
                new TreeMap<>(job.labels()).forEach(labels::put);
            }
        }
        try {
            return JsonList.MAPPER.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw StorageException.internal("cannot write the recurring jobs as JSON", e);
        }
    }

    private List<JobSpecification> readAll(String json) {
        List<JobSpecification> jobs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long retained = 0;
        for (JsonList.Entry entry : new JsonList("recurringJobs", violations).read(json, FIELDS, EXAMPLE)) {
            JobSpecification job = job(entry);
            if (!job.name().isEmpty() && !names.add(job.name())) {
                violations.add(entry.position() + ": the name is used twice; give each job of a volume its own");
            }
            retained += job.retain();
            jobs.add(job);
        }
        if (retained > maximumRetention) {
            violations.add("recurringJobs: the sum of retain is " + retained + "; at most " + maximumRetention
                    + " are possible (setting maximum-retention)");
        }
        return jobs;
    }

    private JobSpecification job(JsonList.Entry entry) {
        String name = name(entry);
        JobTask task = task(entry);
        String cron = cron(entry);
        int retain = retain(entry);
        return new JobSpecification(name, task, cron, retain, labels(entry));
    }

    private String name(JsonList.Entry entry) {
        Optional<String> name = entry.text("name");
        if (name.isEmpty() || !NAME.matcher(name.get()).matches()) {
            violations.add(entry.position() + ": name " + shown(entry, "name")
                    + "; give 1 to 8 lower-case letters, digits and inner dashes");
            return "";
        }
        return name.get();
    }

    private JobTask task(JsonList.Entry entry) {
        Optional<String> task = entry.text("task");
        if (task.isEmpty() || !TASKS.contains(task.get())) {
            violations.add(entry.position() + ": task " + shown(entry, "task") + "; choose snapshot or backup");
            return JobTask.SNAPSHOT;
        }
        return JobTask.parse(task.get());
    }

    private String cron(JsonList.Entry entry) {
        Optional<String> cron = entry.text("cron");
        if (cron.isEmpty()) {
            violations.add(entry.position() + ": cron " + shown(entry, "cron")
                    + "; write five fields, such as \"*/5 * * * *\", or a name such as @hourly");
            return "";
        }
        try {
            return Schedule.parse(cron.get()).text();
        } catch (StorageException e) {
            violations.add(entry.position() + ": " + e.getMessage());
            return "";
        }
    }

    private int retain(JsonList.Entry entry) {
        Optional<JsonNode> retain = entry.field("retain")
                .filter(node -> node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 1);
        if (retain.isEmpty()) {
            violations.add(entry.position() + ": retain " + shown(entry, "retain") + "; give an integer of at least 1");
            return 0;
        }
        return retain.get().intValue();
    }

    private Map<String, String> labels(JsonList.Entry entry) {
        Optional<JsonNode> field = entry.field("labels");
        if (field.isEmpty()) {
            return Map.of();
        }
        if (!field.get().isObject()) {
            violations.add(entry.position() + ": labels " + shown(entry, "labels")
                    + "; write an object of texts, such as {\"k\":\"v\"}");
            return Map.of();
        }
        Map<String, String> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : field.get().properties()) {
            Optional<String> problem = Labels.problem(label.getKey(), label.getValue());
            if (problem.isPresent()) {
                violations.add(
                        entry.position() + ": label \"" + NearestName.shown(label.getKey()) + "\" " + problem.get());
            } else {
                labels.put(label.getKey(), label.getValue().textValue());
            }
        }
        return labels;
    }

    private static String shown(JsonList.Entry entry, String field) {
        JsonNode value = entry.object().get(field);
        return value == null ? "is missing" : NearestName.shown(value.toString()) + " is not possible";
    }
}
