package io.drover.core.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ViolationsTest {
    private final Violations violations = new Violations();

    @Test
    void nothingWrongIsNoException() {
        assertThatCode(() -> violations.throwIfAny("cannot do it")).doesNotThrowAnyException();
    }

    @Test
    void oneProblemIsTheMessage() {
        violations.add("a is missing; give one");

        assertThatThrownBy(() -> violations.throwIfAny("cannot do it"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage("cannot do it: a is missing; give one");
    }

    @Test
    void severalAreNumberedAndWhatIsInvalidComesFirst() {
        violations.addUnsupported("b is not offered");
        violations.add("a is missing");

        assertThatThrownBy(() -> violations.throwIfAny("cannot do it"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage("cannot do it: 2 problems: (1) a is missing; (2) b is not offered");
    }

    @Test
    void whatIsOnlyNotOfferedIsUnsupported() {
        violations.addUnsupported("b is not offered");

        assertThatThrownBy(() -> violations.throwIfAny("cannot do it"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }

    @Test
    void aFloodIsCut() {
        for (int i = 0; i < 1000; i++) {
            violations.add("problem " + i);
        }

        assertThatThrownBy(() -> violations.throwIfAny("cannot do it"))
                .hasMessageContaining("1000 problems")
                .hasMessageEndingWith("and 980 more");
    }
}
