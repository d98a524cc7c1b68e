package io.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "1048576, 1048576",
        "1k, 1000",
        "1Ki, 1024",
        "10Gi, 10737418240",
        "10GiB, 10737418240",
        "500M, 500000000",
        "1.5Gi, 1610612736",
        "2Ti, 2199023255552",
        "1Pi, 1125899906842624"
    })
    void readsQuantities(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "Gi", "1 Gi", "1gi", "1e3", "1,5Gi", "0x10", "1.2345Gi", "ten"})
    void refusesWhatIsNoQuantity(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("10Gi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999999999Pi", "9223372036854775807k"})
    void aQuantityBeyondALongIsOutOfRangeAndNeverWrapsAround(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.code()).isIn(ErrorCode.OUT_OF_RANGE, ErrorCode.INVALID));
    }

    @Test
    void roundsUpToTheNextStepAndToOneAtLeast() {
        assertThat(new ByteSize(0).roundedUp()).isEqualTo(ByteSize.STEP);
        assertThat(new ByteSize(1).roundedUp()).isEqualTo(ByteSize.STEP);
        assertThat(ByteSize.STEP.roundedUp()).isEqualTo(ByteSize.STEP);
        assertThat(new ByteSize(ByteSize.STEP.bytes() + 1).roundedUp()).isEqualTo(ByteSize.ofMebi(4));
        assertThatThrownBy(() -> new ByteSize(Long.MAX_VALUE).roundedUp())
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_RANGE));
    }

    @Test
    void isNeverNegative() {
        assertThatThrownBy(() -> new ByteSize(-1)).hasMessageContaining("negative");
    }

    @ParameterizedTest
    @CsvSource({"0, 0B", "1023, 1023B", "1024, 1Ki", "1536, 1.5Ki", "10737418240, 10Gi", "1099511627776, 1Ti"})
    void isShownForPeople(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }
}
