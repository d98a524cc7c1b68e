package io.drover.node.disk;

import io.drover.core.model.DiskId;
import java.nio.file.Path;

/** A place whose identity is read and accepted. */
record Place(DiskId id, Path root, Path host, DiskEngine engine, DiskKind kind) {}
