package io.drover.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.JobTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurringJobsTest {
    private static final int MAXIMUM = 250;
    private static final String GOOD =
            "{\"name\":\"snap\",\"task\":\"snapshot\",\"cron\":\"*/1 * * * *\",\"retain\":1,\"labels\":{\"k\":\"v\"}}";

    @Test
    void theExampleOfTheDesignIsRead() {
        assertThat(RecurringJobs.parse("[" + GOOD + "]", MAXIMUM))
                .containsExactly(new JobSpecification("snap", JobTask.SNAPSHOT, "*/1 * * * *", 1, Map.of("k", "v")));
    }

    @Test
    void theOrderStays() {
        String json = """
                [{"name":"b","task":"backup","cron":"@daily","retain":2},
                 {"name":"a","task":"snapshot","cron":"@hourly","retain":3}]
                """;

        assertThat(RecurringJobs.parse(json, MAXIMUM))
                .extracting(JobSpecification::name)
                .containsExactly("b", "a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "[]", " [ ] "})
    void nothingIsNoJobs(String json) {
        assertThat(RecurringJobs.parse(json, MAXIMUM)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "a-b", "abcdefgh", "a--b", "12345678"})
    void goodNames(String name) {
        assertThat(RecurringJobs.parse("[" + GOOD.replace("snap\"", name + "\"") + "]", MAXIMUM))
                .extracting(JobSpecification::name)
                .containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"name\":\"snap\" | \"name\":\"\"          | recurringJobs[0] \"\": name",
                "\"name\":\"snap\" | \"name\":\"Snap\"      | 1 to 8 lower-case letters, digits and inner dashes",
                "\"name\":\"snap\" | \"name\":\"-a\"        | 1 to 8",
                "\"name\":\"snap\" | \"name\":\"a-\"        | 1 to 8",
                "\"name\":\"snap\" | \"name\":\"abcdefghi\" | 1 to 8",
                "\"name\":\"snap\" | \"name\":\"a b\"       | 1 to 8",
                "\"name\":\"snap\" | \"name\":\"a.b\"       | 1 to 8",
                "\"name\":\"snap\" | \"name\":\"ä\"         | 1 to 8",
                "\"name\":\"snap\" | \"name\":5             | name 5 is not possible",
                "\"name\":\"snap\" | \"name\":null          | name null is not possible",
                "\"name\":\"snap\", | ~~                    | recurringJobs[0]: name is missing",
                "\"snapshot\"      | \"snapshots\"          | choose snapshot or backup",
                "\"snapshot\"      | \"Snapshot\"           | choose snapshot or backup",
                "\"snapshot\"      | \"filesystem-trim\"    | choose snapshot or backup",
                "\"task\":\"snapshot\", | ~~                | task is missing; choose snapshot or backup",
                "*/1 * * * *       | * * * *                | five fields",
                "*/1 * * * *       | 99 * * * *             | five fields",
                "*/1 * * * *       | @every 5m              | @hourly",
                "\"cron\":\"*/1 * * * *\", | ~~             | cron is missing",
                "\"retain\":1      | \"retain\":0           | integer of at least 1",
                "\"retain\":1      | \"retain\":-1          | integer of at least 1",
                "\"retain\":1      | \"retain\":1.5         | integer of at least 1",
                "\"retain\":1      | \"retain\":1.0         | integer of at least 1",
                "\"retain\":1      | \"retain\":\"1\"       | integer of at least 1",
                "\"retain\":1      | \"retain\":99999999999 | integer of at least 1",
                "\"retain\":1      | \"retain\":true        | integer of at least 1",
                "\"retain\":1      | \"retain\":251         | the sum of retain is 251; at most 250",
                "\"retain\":1,     | ~~                     | retain is missing",
                "{\"k\":\"v\"}     | [\"k\"]                | write an object of texts",
                "{\"k\":\"v\"}     | \"k=v\"                | write an object of texts",
                "{\"k\":\"v\"}     | {\"k\":1}              | has a value that is not possible",
                "{\"k\":\"v\"}     | {\"k\":null}           | has a value that is not possible",
                "{\"k\":\"v\"}     | {\"\":\"v\"}           | is no label key",
                "{\"k\":\"v\"}     | {\"a b\":\"v\"}        | is no label key",
                "{\"k\":\"v\"}     | {\"-k\":\"v\"}         | is no label key",
                "{\"k\":\"v\"}     | {\"/k\":\"v\"}         | is no label key",
                "{\"k\":\"v\"}     | {\"a/b/c\":\"v\"}      | is no label key",
                "{\"k\":\"v\"}     | {\"Ex.com/k\":\"v\"}   | is no label key",
                "{\"k\":\"v\"}     | {\"RecurringJob\":\"v\"} | is reserved",
                "{\"k\":\"v\"}     | {\"KubernetesStatus\":\"v\"} | is reserved",
                "{\"k\":\"v\"}     | {\"k\":\"a\\nb\"}      | has a value that is not possible",
                "\"retain\":1      | \"retain\":1,\"retian\":1 | field \"retian\" is not known; did you mean \"retain\"?",
                "\"retain\":1      | \"retain\":1,\"retain\":1 | is not JSON: Duplicate field",
                "\"retain\":1      | \"retain\":1,\"groups\":[] | field \"groups\" is not known",
            })
    void eachRuleHasItsMessage(String part, String replacement, String problem) {
        String json = "[" + GOOD.replace(part, replacement == null ? "" : replacement) + "]";

        invalid(json).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "null", "5", "\"x\"", "[", "[]]", "[] []", "{\"name\":\"a\"}", "snap", "[{,}]", "- a"})
    void whatIsNoListIsInvalidWithAnExample(String json) {
        invalid(json).hasMessageContaining("recurringJobs").hasMessageContaining("write for example [{\"name\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "[]", "\"snap\""})
    void whatIsNoObjectIsInvalidAtItsPosition(String element) {
        invalid("[" + GOOD + "," + element + "]").hasMessageContaining("recurringJobs[1] is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com/k", "a", "A_b.c-D", "k8s.io/A"})
    void qualifiedLabelsAreRead(String key) {
        List<JobSpecification> jobs =
                RecurringJobs.parse("[" + GOOD.replace("\"k\"", "\"" + key + "\"") + "]", MAXIMUM);

        assertThat(jobs.getFirst().labels()).containsEntry(key, "v");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        String json = """
                [{"name":"A","task":"x","cron":"y","retain":0,"labels":{"RecurringJob":"z"},"more":1},
                 {"name":"ok","task":"backup","cron":"@daily","retain":1},
                 {"name":"ok","task":"backup","cron":"@daily","retain":249},
                 {}]
                """;

        invalid(json)
                .hasMessageContaining("11 problems")
                .hasMessageContaining("recurringJobs[0] \"A\": field \"more\"")
                .hasMessageContaining("recurringJobs[0] \"A\": name")
                .hasMessageContaining("recurringJobs[0] \"A\": task")
                .hasMessageContaining("recurringJobs[0] \"A\": cron")
                .hasMessageContaining("recurringJobs[0] \"A\": retain")
                .hasMessageContaining("recurringJobs[0] \"A\": label")
                .hasMessageContaining("recurringJobs[2] \"ok\": the name is used twice")
                .hasMessageContaining("recurringJobs[3]: name is missing")
                .hasMessageContaining("recurringJobs[3]: retain is missing");
    }

    @Test
    void theSumOfRetainMayReachTheMaximum() {
        assertThat(RecurringJobs.parse("[" + GOOD.replace("\"retain\":1", "\"retain\":250") + "]", MAXIMUM))
                .hasSize(1);
    }

    @Test
    void tooManyJobsAreRefusedWithoutReadingThem() {
        invalid("[" + "{},".repeat(100) + "{}]").hasMessageContaining("101 entries; at most 100");
    }

    @Test
    void aHugeTextIsRefusedWithoutReadingIt() {
        invalid(" ".repeat(70_000) + "[]").hasMessageContaining("at most 65536");
    }

    @Test
    void deepNestingIsRefused() {
        invalid("[".repeat(5000)).hasMessageContaining("is not JSON");
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        List<JobSpecification> jobs = List.of(
                new JobSpecification(
                        "a", JobTask.SNAPSHOT, "@hourly", 3, Map.of("z", "1", "example.com/a", "\"quoted\"")),
                new JobSpecification("b", JobTask.BACKUP, "0 0 * * 1-5", 2, Map.of()));

        String json = RecurringJobs.write(jobs);

        assertThat(RecurringJobs.parse(json, MAXIMUM)).isEqualTo(jobs);
        assertThat(json)
                .startsWith("[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":3,\"labels\":{");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> invalid(String json) {
        return assertThatThrownBy(() -> RecurringJobs.parse(json, MAXIMUM))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }
}
