package io.drover.core.rpc;

import java.time.Duration;

/** Is told of every call that has ended; the place where metrics are counted. Must return quickly and not throw. */
@FunctionalInterface
public interface CallListener {
    /** Counts nothing. */
    CallListener NONE = (service, method, code, duration) -> {};

    /**
     * A call has ended.
     *
     * @param service as on the wire: {@code csi.v1.Controller}
     * @param method its short name: {@code CreateVolume}
     * @param code gRPC's name of the outcome: {@code OK}, {@code ABORTED}, …
     */
    void ended(String service, String method, String code, Duration duration);
}
