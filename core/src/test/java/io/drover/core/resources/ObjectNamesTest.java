package io.drover.core.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectNamesTest {
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    @ParameterizedTest
    @CsvSource({
        "VOLUME, pvc-1, pvc-1",
        "VOLUME, data.v2, data.v2",
        "SNAPSHOT, pvc-1@before, pvc-1.before",
        "BACKUP, pvc-1@nightly, pvc-1.nightly",
        "SETTINGS, settings, drover",
        "STORAGE_NODE, host-a.example.com, host-a.example.com",
    })
    void whatCanBeReadIsTheName(Kind kind, String key, String name) {
        assertThat(ObjectNames.of(kind, key)).isEqualTo(name);
        assertThat(ObjectNames.key(kind, name)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"VOLUME, Data_1", "VOLUME, a-", "SNAPSHOT, a.b@c", "SNAPSHOT, a@b.c", "SNAPSHOT, A@b"})
    void everythingElseEndsInADigest(Kind kind, String key) {
        assertThat(ObjectNames.of(kind, key)).matches(".*\\.x-[0-9a-f]{32}").matches(SUBDOMAIN);
    }

    @Test
    void nobodyCanTakeTheNameOfAnother() {
        String digested = ObjectNames.of(Kind.VOLUME, "Data");

        assertThat(ObjectNames.of(Kind.VOLUME, digested)).isNotEqualTo(digested);
        String snapshot = ObjectNames.of(Kind.SNAPSHOT, "A@b");
        int dot = snapshot.indexOf('.');
        assertThat(ObjectNames.of(Kind.SNAPSHOT, snapshot.substring(0, dot) + "@" + snapshot.substring(dot + 1)))
                .isNotEqualTo(snapshot);
    }

    @Test
    void namesAreValidAndNoTwoKeysShareOne() {
        Map<String, String> keys = new HashMap<>();
        for (long seed = 0; seed < 3000; seed++) {
            var record = new RandomRecords(seed).any();
            String name = ObjectNames.of(Kind.of(record), record.key());

            assertThat(name).as("seed %s", seed).matches(SUBDOMAIN).hasSizeLessThanOrEqualTo(253);
            String before = keys.put(Kind.of(record) + name, record.key());
            assertThat(before == null || before.equals(record.key()))
                    .as("seed %s", seed)
                    .isTrue();
        }
        String longest = "a".repeat(128) + "@" + "b".repeat(128);
        assertThat(ObjectNames.of(Kind.SNAPSHOT, longest)).matches(SUBDOMAIN).hasSizeLessThanOrEqualTo(253);
    }
}
