package io.drover.cluster;

import io.drover.controller.host.NodePlaces;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.store.ResourceStore;

/** What the surroundings give to a controller that leads. */
interface Cluster extends AutoCloseable {
    /** The records. */
    ResourceStore store();

    /** The keys of backup targets. */
    CredentialStore credentials();

    NodePlaces agents();

    NodePlaces movers();

    /** For people: where the records are. */
    String description();

    @Override
    void close();
}
