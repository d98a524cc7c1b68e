package io.drover.core.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.model.JobSelector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSelectorsTest {
    @Test
    void jobsAndGroupsAreRead() {
        assertThat(JobSelectors.parse("[{\"name\":\"nightly\",\"isGroup\":true},{\"name\":\"nightly\"}]"))
                .containsExactly(new JobSelector("nightly", true), new JobSelector("nightly", false));
    }

    @Test
    void nothingIsNoSelectors() {
        assertThat(JobSelectors.parse("")).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        List<JobSelector> selectors = List.of(new JobSelector("a", true), new JobSelector("b.c", false));

        assertThat(JobSelectors.parse(JobSelectors.write(selectors))).isEqualTo(selectors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}                                          | is not a JSON list",
                "[{}]                                        | recurringJobSelector[0]: name is missing",
                "[{\"name\":\"A\"}]                          | name \"A\" is not possible",
                "[{\"name\":7}]                              | name 7 is not possible",
                "[{\"name\":\"a\",\"isGroup\":\"true\"}]     | write true or false",
                "[{\"name\":\"a\",\"isgroup\":true}]         | did you mean \"isGroup\"?",
                "[{\"name\":\"a\"},{\"name\":\"a\"}]         | recurringJobSelector[1] \"a\" is there twice",
            })
    void eachRuleHasItsMessage(String json, String problem) {
        assertThatThrownBy(() -> JobSelectors.parse(json)).hasMessageContaining(problem);
    }
}
