package io.drover.core.parameters;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.JobSettings;
import io.drover.core.model.Settings;
import io.drover.core.model.SettingsRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Types the settings, and explains each. */
public final class SettingsReader {
    private SettingsReader() {}

    /**
     * One setting, for people.
     *
     * @param value as it is now
     * @param possible what can be written
     */
    public record Setting(String name, String value, String defaultValue, String possible, String description) {}

    /**
     * The settings as they are now; what nobody changed has its default.
     *
     * @throws StorageException INVALID if a value is not possible or a name not known
     */
    public static Settings read(SettingsRecord record) {
        Violations violations = new Violations();
        GivenParameters given = new GivenParameters(record.values(), violations);
        Settings settings = new Settings(
                given.get(SettingKeys.OVER_PROVISIONING_PERCENTAGE),
                given.get(SettingKeys.MINIMAL_AVAILABLE_PERCENTAGE),
                given.get(SettingKeys.RESERVED_PERCENTAGE),
                given.get(SettingKeys.ALLOW_DEGRADED_CREATION),
                given.get(SettingKeys.MAXIMUM_RETENTION),
                new BackupSettings(
                        given.get(SettingKeys.BACKUP_CORES),
                        given.get(SettingKeys.BACKUP_REQUESTS),
                        given.get(SettingKeys.BACKUP_MEMORY),
                        given.get(SettingKeys.BACKUP_BANDWIDTH_LIMIT),
                        given.get(SettingKeys.BACKUP_TRANSFERS_PER_NODE),
                        given.get(SettingKeys.BACKUP_COMPRESSION),
                        given.get(SettingKeys.BACKUP_BLOCK_SIZE)),
                new JobSettings(
                        given.get(SettingKeys.JOBS_WHILE_DETACHED),
                        given.get(SettingKeys.JOB_CONCURRENCY),
                        given.get(SettingKeys.JOB_FAILURE_LIMIT)));
        given.rejectUnknown(SettingKeys.ALL);
        violations.throwIfAny("cannot use the settings");
        return settings;
    }

    /**
     * The record with one setting changed; an empty value goes back to the default.
     *
     * @throws StorageException NOT_FOUND naming the nearest if there is no such setting, INVALID if the value is not possible
     */
    public static SettingsRecord change(SettingsRecord record, String name, String value) {
        List<String> names = SettingKeys.ALL.stream().map(Parameter::key).toList();
        if (!names.contains(name)) {
            throw new StorageException(
                    ErrorCode.NOT_FOUND,
                    "setting \"" + NearestName.shown(name) + "\" does not exist" + NearestName.hint(name, names));
        }
        Map<String, String> values = new HashMap<>(record.values());
        if (value.isBlank()) {
            values.remove(name);
        } else {
            values.put(name, value.strip());
        }
        SettingsRecord changed = new SettingsRecord(values);
        read(changed);
        return changed;
    }

    /** All settings, in the order of the documentation. */
    public static List<Setting> list(SettingsRecord record) {
        Map<String, String> values = new TreeMap<>(record.values());
        return SettingKeys.ALL.stream()
                .map(key -> new Setting(
                        key.key(),
                        values.getOrDefault(key.key(), key.defaultText()),
                        key.defaultText(),
                        key.type().description().replace("`", ""),
                        key.description().replace("`", "")))
                .toList();
    }
}
