package io.drover.snapshotter.store;

import io.drover.snapshotter.format.VolumeConfiguration;
import java.util.Optional;

/**
 * A volume of a store.
 *
 * @param configuration empty if it cannot be read
 * @param problem why not; empty = fine
 */
public record StoredVolume(String name, Optional<VolumeConfiguration> configuration, String problem) {}
