package io.drover.cluster;

import io.drover.controller.host.NodePlaces;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.events.Events;
import io.drover.core.model.NodeId;
import io.drover.core.store.ResourceStore;
import java.util.Set;

/** What the surroundings give to a controller that leads. */
interface Cluster extends AutoCloseable {
    /** The records. */
    ResourceStore store();

    /** The keys of backup targets. */
    CredentialStore credentials();

    /** Where people look for what went wrong. */
    Events events();

    /** The hosts that have an agent now. Never blocks. */
    Set<NodeId> present();

    /** Of the hosts that have a record. */
    NodePlaces agents();

    /** Of the same hosts. */
    NodePlaces movers();

    /** For people: where the records are. */
    String description();

    @Override
    void close();
}
