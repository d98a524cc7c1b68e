package io.drover.controller.backup;

import io.drover.controller.mover.TargetAccess;

/**
 * A target that can be used now.
 *
 * @param name of the BackupTarget, or empty if only a URL was given
 */
public record ResolvedTarget(String name, TargetAccess access) {
    public String url() {
        return access.url();
    }

    @Override
    public String toString() {
        return name.isEmpty() ? url() : name;
    }
}
