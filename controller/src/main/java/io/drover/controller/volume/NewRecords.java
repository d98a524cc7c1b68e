package io.drover.controller.volume;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Resource;
import io.drover.core.store.ResourceStore;

/** Writes records of what is being made. */
public final class NewRecords {
    private NewRecords() {}

    /**
     * Keeps a new record whose name was free when its maker looked, under his guard. If it is taken by now, another controller did that:
     * one that lost the lead and does not know it yet. Nothing is wrong with the request, so that its caller has to come again.
     *
     * @throws StorageException BUSY if there is one by now
     */
    public static <T extends Resource> T keep(ResourceStore store, T value) {
        try {
            return store.create(value).value();
        } catch (StorageException e) {
            throw e.code() == ErrorCode.EXISTS_DIFFERENT
                    ? new StorageException(
                            ErrorCode.BUSY,
                            "cannot create " + value.key() + ": its creation began elsewhere just now; call again",
                            e)
                    : e;
        }
    }
}
