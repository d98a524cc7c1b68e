package io.drover.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Settings;
import io.drover.core.model.SettingsRecord;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final SettingsRecord NONE = new SettingsRecord(Map.of());

    @Test
    void whatNobodyChangedHasItsDefault() {
        assertThat(SettingsReader.read(NONE)).isEqualTo(Settings.DEFAULTS);
    }

    @Test
    void aChangedSettingIsReadAndListed() {
        SettingsRecord changed = SettingsReader.change(NONE, "maximum-retention", " 10 ");

        assertThat(SettingsReader.read(changed).maximumRetention()).isEqualTo(10);
        assertThat(SettingsReader.list(changed))
                .filteredOn(setting -> setting.name().equals("maximum-retention"))
                .first()
                .satisfies(setting -> {
                    assertThat(setting.value()).isEqualTo("10");
                    assertThat(setting.defaultValue()).isEqualTo("250");
                });
    }

    @Test
    void sizesAndWordsOfBackupsAreTyped() {
        SettingsRecord changed = SettingsReader.change(NONE, "backup-block-size", "16777216");
        changed = SettingsReader.change(changed, "backup-bandwidth-limit", "50Mi");
        changed = SettingsReader.change(changed, "backup-compression", "gzip");

        BackupSettings backups = SettingsReader.read(changed).backups();

        assertThat(backups.blockSize()).isEqualTo(ByteSize.ofMebi(16));
        assertThat(backups.bandwidthLimit()).isEqualTo(ByteSize.ofMebi(50));
        assertThat(backups.compression()).isEqualTo(BackupSettings.Compression.GZIP);
    }

    @Test
    void anEmptyValueGoesBackToTheDefault() {
        SettingsRecord changed = SettingsReader.change(NONE, "allow-degraded-creation", "false");

        assertThat(SettingsReader.read(changed).allowDegradedCreation()).isFalse();
        assertThat(SettingsReader.change(changed, "allow-degraded-creation", ""))
                .isEqualTo(NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "maximum-retention, 0, INVALID, from 1 to",
        "minimal-available-percentage, 101, INVALID, from 0 to 100",
        "allow-degraded-creation, maybe, INVALID, write true or false",
        "backup-block-size, 4Mi, INVALID, 'choose 2Mi, 16Mi'",
        "backup-memory, 1Mi, INVALID, from 32Mi to",
        "backup-compression, zstd, INVALID, 'lz4, gzip, none'",
        "maximum-retentoin, 5, NOT_FOUND, 'did you mean \"maximum-retention\"?'",
    })
    void aChangeThatIsNotPossibleIsRefused(String name, String value, ErrorCode code, String problem) {
        assertThatThrownBy(() -> SettingsReader.change(NONE, name, value))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(problem);
    }

    @Test
    void aRecordThatSomebodyEditedBadlyIsInvalidAsAWhole() {
        SettingsRecord record = new SettingsRecord(Map.of("maximum-retention", "x", "colour", "red"));

        assertThatThrownBy(() -> SettingsReader.read(record))
                .hasMessageContaining("2 problems")
                .hasMessageContaining("colour")
                .hasMessageContaining("maximum-retention");
    }
}
