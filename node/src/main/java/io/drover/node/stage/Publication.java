package io.drover.node.stage;

import io.drover.core.model.AccessMode;
import java.util.Optional;

/**
 * What was asked for at one target path; written before the path is mounted.
 *
 * @param target path
 * @param pod {@code namespace/name}, where the caller told
 */
public record Publication(String target, Optional<String> pod, AccessMode mode, boolean readOnly, boolean block) {}
