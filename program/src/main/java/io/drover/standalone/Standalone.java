package io.drover.standalone;

import io.drover.core.fault.FaultPoints;

/** The whole of Drover in this process. */
public final class Standalone implements AutoCloseable {
    private Standalone() {}

    static Standalone start(StandaloneConfiguration configuration, FaultPoints faults) {
        return new Standalone();
    }

    @Override
    public void close() {}
}
