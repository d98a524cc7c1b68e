package io.drover.core.store;

import io.drover.core.model.Resource;

/** A record together with the version under which it was read. */
public record Stored<T extends Resource>(T value, long version) {}
