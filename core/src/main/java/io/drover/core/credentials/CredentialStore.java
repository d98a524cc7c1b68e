package io.drover.core.credentials;

import java.util.Map;
import java.util.Optional;

/**
 * Keeps the keys of backup targets durably, by name. Names are those of {@code BackupTarget}s. Blocks on disk or network. No value
 * appears in any exception.
 */
public interface CredentialStore {
    /**
     * The keys, or empty if there surely are none of this name.
     *
     * @throws io.drover.core.error.StorageException CORRUPT if they cannot be read
     */
    Optional<Map<String, String>> find(String name);

    /**
     * Keeps the keys; those of before are gone. The same call again changes nothing.
     *
     * @throws io.drover.core.error.StorageException UNSUPPORTED, with the remedy, where they belong to somebody else
     */
    void put(String name, Map<String, String> credentials);

    /** Removes the keys, unless they belong to somebody else. Absent is success. */
    void delete(String name);
}
