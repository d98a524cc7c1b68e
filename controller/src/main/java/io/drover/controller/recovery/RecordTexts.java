package io.drover.controller.recovery;

import io.drover.core.model.Resource;

/** Reads the text form of records. */
@FunctionalInterface
public interface RecordTexts {
    /**
     * A record.
     *
     * @param place where it comes from, for messages
     * @throws io.drover.core.error.StorageException CORRUPT if the text is no record of this kind
     */
    <T extends Resource> T read(Class<T> kind, String text, String place);
}
