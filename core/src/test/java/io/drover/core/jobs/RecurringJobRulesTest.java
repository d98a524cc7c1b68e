package io.drover.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.JobTask;
import io.drover.core.model.RecurringJob;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurringJobRulesTest {
    private static final RecurringJobDraft RIGHT = new RecurringJobDraft(
            "nightly", "backup", "0 2 * * *", 7, List.of("default"), Map.of("team", "blue"), 1, "Europe/Berlin");

    private static RecurringJobDraft named(String name) {
        return new RecurringJobDraft(name, "backup", "0 2 * * *", 7, List.of(), Map.of(), 1, "");
    }

    private static RecurringJobDraft task(String task, int retain) {
        return new RecurringJobDraft("nightly", task, "0 2 * * *", retain, List.of(), Map.of(), 1, "");
    }

    private static RecurringJobDraft cron(String cron) {
        return new RecurringJobDraft("nightly", "backup", cron, 7, List.of(), Map.of(), 1, "");
    }

    private static RecurringJobDraft rest(
            List<String> groups, Map<String, String> labels, int concurrency, String zone) {
        return new RecurringJobDraft("nightly", "backup", "0 2 * * *", 7, groups, labels, concurrency, zone);
    }

    private static RecurringJob accepted(RecurringJobDraft draft) {
        return draft.accepted(250, Instant.EPOCH);
    }

    /** The one thing that is wrong. */
    private static void refused(RecurringJobDraft draft, String problem) {
        assertThatThrownBy(() -> accepted(draft))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage("cannot use recurring job \"" + draft.name() + "\": " + problem);
    }

    @Test
    void whatIsRightIsTakenAsItIs() {
        assertThat(accepted(RIGHT))
                .isEqualTo(new RecurringJob(
                        "nightly",
                        JobTask.BACKUP,
                        "0 2 * * *",
                        7,
                        new TreeSet<>(List.of("default")),
                        Map.of("team", "blue"),
                        1,
                        "Europe/Berlin",
                        Instant.EPOCH));
        assertThat(accepted(named("a".repeat(40))).name()).hasSize(40);
        assertThat(accepted(task("snapshot", 250)).retain()).isEqualTo(250);
        assertThat(accepted(rest(List.of(), Map.of(), 100, "")).concurrency()).isEqualTo(100);
        assertThat(accepted(cron("@weekly")).cron()).isEqualTo("@weekly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Nightly", "-nightly", "nightly-", "a.b", "a/b", "a b"})
    void nameOfOtherLetters(String name) {
        refused(
                named(name),
                "the name \"" + name + "\" is not possible for a recurring job; use 1 to 40 lower-case letters, digits"
                        + " and inner dashes");
    }

    @Test
    void nameThatIsTooLong() {
        assertThatThrownBy(() -> accepted(named("a".repeat(41))))
                .hasMessageContaining("use 1 to 40 lower-case letters");
    }

    @Test
    void task() {
        refused(
                task("back-up", 7),
                "task \"back-up\" is not possible; choose snapshot, backup, snapshot-cleanup, filesystem-trim");
        refused(task("", 7), "task is missing; choose snapshot, backup, snapshot-cleanup, filesystem-trim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"61 * * * *", "* * * *", "* * * * * *", "every day", "@nightly", "0 0 30 2 *"})
    void cronThatIsNone(String cron) {
        assertThatThrownBy(() -> accepted(cron(cron)))
                .hasMessageStartingWith("cannot use recurring job \"nightly\": cron \"" + cron + "\" is not usable: ")
                .hasMessageEndingWith("write five fields, such as \"*/5 * * * *\", or a name such as @hourly");
    }

    @Test
    void cronThatIsMissing() {
        refused(cron(" "), "cron is missing; write five fields, such as \"*/5 * * * *\", or a name such as @hourly");
    }

    @ParameterizedTest
    @CsvSource({"snapshot, 0", "snapshot, -1", "backup, 0", "backup, 251"})
    void retain(String task, int retain) {
        refused(
                task(task, retain),
                "retain " + retain + " is not possible; give an integer of 1 to 250 (setting maximum-retention)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot-cleanup", "filesystem-trim"})
    void retainMeansNothingWhereNothingIsKept(String task) {
        assertThat(accepted(task(task, 0)).retain()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void concurrency(int concurrency) {
        refused(
                rest(List.of(), Map.of(), concurrency, ""),
                "concurrency " + concurrency + " is not possible; give an integer of 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a/b", "a b", "a-"})
    void group(String group) {
        refused(
                rest(List.of(group), Map.of(), 1, ""),
                "group \"" + group + "\" is not possible; use 1 to 63 letters, digits, '-', '_' and '.', beginning and"
                        + " ending with a letter or digit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RecurringJob", "KubernetesStatus"})
    void labelOfOurs(String key) {
        refused(rest(List.of(), Map.of(key, "x"), 1, ""), "label \"" + key + "\" is reserved; choose another key");
    }

    @Test
    void labelThatIsNone() {
        refused(
                rest(List.of(), Map.of("a/b/c", "x"), 1, ""),
                "label \"a/b/c\" is no label key; write [<domain>/]<name>, the name of at most 63 letters, digits, '-',"
                        + " '_' and '.', beginning and ending with a letter or digit");
        refused(
                rest(List.of(), Map.of("a", "x\ny"), 1, ""),
                "label \"a\" has a value that is not possible; give a text of at most 256 printable characters");
    }

    @Test
    void timeZone() {
        refused(
                rest(List.of(), Map.of(), 1, "Europe/Berlln"),
                "time zone \"Europe/Berlln\" is not known; write UTC, or a name such as Europe/Berlin");
        assertThat(RecurringJobRules.zone("America/New_York")).isEqualTo(ZoneId.of("America/New_York"));
    }

    @Test
    void everythingIsSaidAtOnce() {
        RecurringJobDraft wrong = new RecurringJobDraft(
                "Nightly", "back-up", "61 * * * *", 0, List.of("a b"), Map.of("RecurringJob", "x"), 0, "Mars/Olympus");

        assertThatThrownBy(() -> accepted(wrong))
                .hasMessageStartingWith("cannot use recurring job \"Nightly\": 8 problems: (1) the name \"Nightly\"")
                .hasMessageContainingAll(
                        "(2) task \"back-up\"",
                        "(3) cron \"61 * * * *\"",
                        "(4) retain 0",
                        "(5) concurrency 0",
                        "(6) group \"a b\"",
                        "(7) label \"RecurringJob\"",
                        "(8) time zone \"Mars/Olympus\"");
    }

    @Test
    void aResourceThatSomebodyWroteIsHeldAgainstTheSameRules() {
        RecurringJob written = new RecurringJob(
                "nightly", JobTask.SNAPSHOT, "every day", 300, new TreeSet<>(), Map.of(), 0, "", Instant.EPOCH);

        assertThatThrownBy(() -> RecurringJobRules.require(written, 250))
                .hasMessageStartingWith("cannot use recurring job \"nightly\": 3 problems: (1) cron \"every day\"")
                .hasMessageContainingAll("(2) retain 300", "(3) concurrency 0");
    }

    @Test
    void labelsOfAVolumeAreAllHeldAgainstTheRules() {
        assertThatThrownBy(() -> RecurringJobRules.requireLabels("data", Map.of("RecurringJob", "a", "b c", "d")))
                .hasMessageStartingWith("cannot label volume data: 2 problems: ")
                .hasMessageContainingAll("label \"RecurringJob\" is reserved", "label \"b c\" is no label key");
    }
}
