package io.drover.core.store;

class InMemoryStoreTest extends ResourceStoreContract {
    private final InMemoryStore store = new InMemoryStore();

    @Override
    protected ResourceStore store() {
        return store;
    }
}
