package io.drover.controller.metrics;

import io.drover.controller.jobs.JobHistories;
import io.drover.core.model.JobHistory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Figures of recurring jobs, by volume and job. */
public final class JobMetrics {
    private final JobHistories histories;
    private final MultiGauge lastSuccess;
    private final MultiGauge failures;
    private final MultiGauge failuresInRow;
    private final MultiGauge duration;
    private final MultiGauge running;

    public JobMetrics(MeterRegistry registry, JobHistories histories) {
        this.histories = histories;
        this.lastSuccess = gauge(
                registry, "drover.job.last.success.timestamp.seconds", "When the job's latest successful run ended");
        this.failures = gauge(registry, "drover.job.failures", "Runs of the job that failed, of all time");
        this.failuresInRow = gauge(registry, "drover.job.failures.in.row", "Runs that failed since the latest success");
        this.duration =
                gauge(registry, "drover.job.last.duration.seconds", "How long the job's latest successful run took");
        this.running = gauge(registry, "drover.job.running", "Whether a run of the job is under way");
    }

    /** Reads the records and replaces the figures. */
    public void refresh() {
        Collection<JobHistory> all = histories.all().values().stream()
                .filter(history -> history.plan().isPresent())
                .toList();
        register(lastSuccess, all, history -> history.lastSuccess().map(time -> (double) time.getEpochSecond()));
        register(failures, all, history -> Optional.of((double) history.failures()));
        register(failuresInRow, all, history -> Optional.of((double) history.failuresInRow()));
        register(
                duration,
                all,
                history -> history.lastDuration().map(Duration::toMillis).map(millis -> millis / 1000.0));
        register(running, all, history -> Optional.of(history.running().isPresent() ? 1.0 : 0.0));
    }

    private static void register(
            MultiGauge gauge, Collection<JobHistory> histories, Function<JobHistory, Optional<Double>> figure) {
        gauge.register(
                histories.stream()
                        .<Row<?>>flatMap(history -> figure.apply(history).stream()
                                .map(value -> Row.of(
                                        Tags.of(
                                                "volume", history.volume().value(),
                                                "job", history.job()),
                                        value)))
                        .toList(),
                true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
