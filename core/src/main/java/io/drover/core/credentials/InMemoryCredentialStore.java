package io.drover.core.credentials;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets when the process ends: the fake of the other stores, held by the same contract test. */
public final class InMemoryCredentialStore implements CredentialStore {
    private final Map<String, Map<String, String>> kept = new ConcurrentHashMap<>();

    @Override
    public Optional<Map<String, String>> find(String name) {
        return Optional.ofNullable(kept.get(name));
    }

    @Override
    public void put(String name, Map<String, String> credentials) {
        kept.put(name, Map.copyOf(credentials));
    }

    @Override
    public void delete(String name) {
        kept.remove(name);
    }
}
