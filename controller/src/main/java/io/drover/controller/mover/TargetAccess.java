package io.drover.controller.mover;

import java.util.Map;

/**
 * A backup target with what is needed to use it.
 *
 * @param credentials never shown: not by {@link #toString} either
 */
public record TargetAccess(String url, Map<String, String> credentials) {
    public TargetAccess {
        credentials = Map.copyOf(credentials);
    }

    @Override
    public String toString() {
        return url;
    }
}
