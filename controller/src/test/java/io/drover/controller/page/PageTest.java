package io.drover.controller.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final List<String> ALL = List.of("c", "a", "e", "b", "d");

    @Test
    void pagesOfAnySizeGiveEverythingOnceInOrder() {
        for (int size = 1; size <= 6; size++) {
            List<String> seen = new ArrayList<>();
            String token = "";
            do {
                Page<String> page = Page.of(ALL, Function.identity(), size, token);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(size);
                seen.addAll(page.items());
                token = page.nextToken();
            } while (!token.isEmpty());
            assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void aTokenOutlivesItsItem() {
        // Given
        Page<String> first = Page.of(ALL, Function.identity(), 2, "");

        // When: b is deleted, bb is made
        Page<String> second = Page.of(List.of("a", "bb", "c"), Function.identity(), 0, first.nextToken());

        // Then
        assertThat(second.items()).containsExactly("bb", "c");
    }

    @Test
    void foreignTokensAndNegativeLimits() {
        Expect.code(ErrorCode.BUSY, () -> Page.of(ALL, Function.identity(), 1, "invalid-token"));
        Expect.code(ErrorCode.BUSY, () -> Page.of(ALL, Function.identity(), 1, "after:"));
        Expect.code(ErrorCode.INVALID, () -> Page.of(ALL, Function.identity(), -1, ""));
    }
}
