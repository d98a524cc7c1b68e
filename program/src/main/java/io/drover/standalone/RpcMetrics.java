package io.drover.standalone;

import io.drover.core.rpc.CallListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times every call to a service of ours: {@code drover_rpc_duration_seconds{service,method,code}}. */
final class RpcMetrics implements CallListener {
    private final MeterRegistry registry;

    RpcMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void ended(String service, String method, String code, Duration duration) {
        Timer.builder("drover.rpc.duration")
                .description("Calls to Drover's services")
                .tag("service", service)
                .tag("method", method)
                .tag("code", code)
                .register(registry)
                .record(duration);
    }
}
