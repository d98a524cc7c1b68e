package io.drover.cluster;

import java.util.function.Consumer;

/** A controller that would lead. */
interface Candidate {
    /**
     * Waits until it leads, and opens what the surroundings give.
     *
     * @param standing called with what it waits for, each time that this changes: "… leads", or why that is not known
     */
    Cluster lead(Consumer<String> standing);
}
