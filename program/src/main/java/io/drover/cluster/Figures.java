package io.drover.cluster;

import io.drover.controller.metrics.CallMetrics;
import io.drover.core.rpc.CallInterceptor;
import io.drover.standalone.ControllerFloor;
import io.drover.standalone.Floors;
import io.drover.standalone.MetricsServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The figures of one process, of itself and of the calls it answers, and whether it is ready; served where it was asked for. */
final class Figures implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CallInterceptor calls = new CallInterceptor(System::nanoTime, new CallMetrics(registry));
    private final AtomicReference<Supplier<String>> scrape = new AtomicReference<>(registry::scrape);
    private final AtomicBoolean ready = new AtomicBoolean();
    private final Floors floors = new Floors();
    private String address = "";

    private Figures() {
        floors.add(registry::close);
        ControllerFloor.processFigures(registry);
    }

    /**
     * Opens them. The process is not ready yet.
     *
     * @throws io.drover.core.error.StorageException IN_USE if the port is taken
     */
    static Figures open(Optional<InetSocketAddress> address) {
        Figures figures = new Figures();
        try {
            address.ifPresent(where -> figures.address = figures.floors
                    .add(MetricsServer.start(where, () -> figures.scrape.get().get(), () -> true, figures.ready::get))
                    .address());
            return figures;
        } catch (RuntimeException e) {
            figures.close();
            throw e;
        }
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Where they are served; empty if they are not. */
    String address() {
        return address;
    }

    /** From now on the text is made so, which brings those up to date that have to be looked up. */
    void scrape(Supplier<String> next) {
        scrape.set(next);
    }

    /** Counts and times the calls of a server. */
    CallInterceptor calls() {
        return calls;
    }

    boolean isReady() {
        return ready.get();
    }

    void ready() {
        ready.set(true);
    }

    @Override
    public void close() {
        floors.close();
    }
}
