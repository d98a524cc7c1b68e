package io.drover.snapshotter.store;

import io.drover.snapshotter.format.BackupConfiguration;
import java.util.Optional;

/**
 * A backup of a store, in a list.
 *
 * @param configuration without its blocks; empty if it cannot be read
 * @param problem why it cannot be restored; empty = fine
 */
public record StoredBackup(String name, Optional<BackupConfiguration> configuration, String problem) {}
