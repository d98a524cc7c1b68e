package io.drover.controller.settings;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Settings;
import io.drover.core.model.SettingsRecord;
import io.drover.core.parameters.SettingsReader;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings as the store has them. What nobody changed has its default. */
public final class DriverSettings implements Supplier<Settings> {
    private static final SettingsRecord NONE = new SettingsRecord(Map.of());

    private final ResourceStore store;

    public DriverSettings(ResourceStore store) {
        this.store = store;
    }

    /** The settings now. */
    @Override
    public Settings get() {
        return SettingsReader.read(record());
    }

    /** All settings, for people. */
    public List<SettingsReader.Setting> list() {
        return SettingsReader.list(record());
    }

    /**
     * Changes one. The same change again does nothing.
     *
     * @param value empty = back to the default
     * @throws StorageException NOT_FOUND if there is no such setting, INVALID if the value is not possible
     */
    public SettingsReader.Setting set(String name, String value) {
        while (true) {
            Optional<Stored<SettingsRecord>> read = store.find(SettingsRecord.class, SettingsRecord.KEY);
            SettingsRecord next = SettingsReader.change(read.map(Stored::value).orElse(NONE), name, value);
            try {
                var _ = read.isPresent() ? store.update(read.get(), next) : store.create(next);
                break;
            } catch (StorageException e) {
                // Somebody else wrote in between: read again and decide again.
                if (e.code() != ErrorCode.BUSY && e.code() != ErrorCode.EXISTS_DIFFERENT) {
                    throw e;
                }
            }
        }
        return list().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private SettingsRecord record() {
        return store.find(SettingsRecord.class, SettingsRecord.KEY)
                .map(Stored::value)
                .orElse(NONE);
    }
}
