package io.drover.core.events;

import io.drover.core.model.Resource;

/** Tells people what happened. Never blocks and never fails: who tells has something better to do. The same again soon is told once. */
@FunctionalInterface
public interface Events {
    /** Tells nobody. */
    Events NONE = (kind, key, reason, message) -> {};

    /**
     * Warns about the object of a record.
     *
     * @param key of the record, which need not exist any more
     * @param reason one word in CamelCase
     * @param message what happened and what to do; no secrets
     */
    void warn(Class<? extends Resource> kind, String key, String reason, String message);
}
