package io.drover.controller.metrics;

import io.drover.core.rpc.CallListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times every call that was served: {@code drover_rpc_seconds} by service, method and code. */
public final class CallMetrics implements CallListener {
    private final MeterRegistry registry;

    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(String service, String method, String code, Duration duration) {
        Timer.builder("drover.rpc")
                .description("Calls served, with their duration")
                .tag("service", service)
                .tag("method", method)
                .tag("code", code)
                .register(registry)
                .record(duration);
    }
}
