package io.drover.core.store;

class InMemoryStoreTest extends ResourceStoreContract {
    private final InMemoryStore store = new InMemoryStore();

    @Override
    ResourceStore store() {
        return store;
    }
}
