package io.drover.controller.metrics;

import io.drover.controller.backup.BackupQueries;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFacts;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Shows the backups on record: {@code drover_backups} by state, and by volume {@code drover_backup_last_success_timestamp_seconds},
 * {@code drover_backup_stored_bytes} and {@code drover_backup_uploaded_bytes} of the latest one, {@code drover_backup_failed} and
 * {@code drover_backup_running}. The figures are those of the latest {@link #refresh}, which whoever serves them calls first.
 */
public final class BackupMetrics {
    private final BackupQueries queries;
    private final MultiGauge states;
    private final MultiGauge lastSuccess;
    private final MultiGauge stored;
    private final MultiGauge uploaded;
    private final MultiGauge failed;
    private final MultiGauge running;

    public BackupMetrics(MeterRegistry registry, BackupQueries queries) {
        this.queries = queries;
        this.states = gauge(registry, "drover.backups", "Backups on record by state");
        this.lastSuccess = gauge(
                registry,
                "drover.backup.last.success.timestamp.seconds",
                "When the volume's latest backup was complete");
        this.stored = gauge(registry, "drover.backup.stored.bytes", "Size of the volume's latest backup, uncompressed");
        this.uploaded =
                gauge(registry, "drover.backup.uploaded.bytes", "What the volume's latest backup uploaded, compressed");
        this.failed = gauge(registry, "drover.backup.failed", "Backups of the volume whose latest attempt failed");
        this.running = gauge(registry, "drover.backup.running", "Backups of the volume that are being uploaded");
    }

    /** Reads the records and replaces the figures. */
    public void refresh() {
        List<Backup> all = queries.recorded().stream()
                .filter(backup -> backup.origin() != BackupOrigin.FOREIGN)
                .toList();
        states.register(
                Arrays.stream(BackupState.values())
                        .map(state -> Row.of(
                                Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                                all.stream()
                                        .filter(backup -> backup.state() == state)
                                        .count()))
                        .toList(),
                true);
        Map<String, List<Backup>> byVolume = all.stream()
                .collect(Collectors.groupingBy(backup -> backup.id().volume().value()));
        lastSuccess.register(ofLatest(byVolume, BackupMetrics::completed), true);
        stored.register(
                ofLatest(
                        byVolume,
                        backup -> backup.facts().map(BackupFacts::storedBytes).orElse(0L)),
                true);
        uploaded.register(
                ofLatest(
                        byVolume,
                        backup -> backup.facts()
                                .map(BackupFacts::newlyUploadedBytes)
                                .orElse(0L)),
                true);
        failed.register(counts(byVolume, BackupState.FAILED), true);
        running.register(counts(byVolume, BackupState.UPLOADING), true);
    }

    private static List<Row<?>> ofLatest(Map<String, List<Backup>> byVolume, ToDoubleFunction<Backup> value) {
        return byVolume.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(backup -> backup.completedAt().isPresent())
                        .max((one, other) -> Double.compare(completed(one), completed(other)))
                        .stream()
                        .<Row<?>>map(backup -> Row.of(Tags.of("volume", entry.getKey()), value.applyAsDouble(backup))))
                .toList();
    }

    private static double completed(Backup backup) {
        return backup.completedAt().map(time -> (double) time.getEpochSecond()).orElse(0.0);
    }

    private static List<Row<?>> counts(Map<String, List<Backup>> byVolume, BackupState state) {
        return byVolume.entrySet().stream()
                .<Row<?>>map(entry -> Row.of(
                        Tags.of("volume", entry.getKey()),
                        entry.getValue().stream()
                                .filter(backup -> backup.state() == state)
                                .count()))
                .toList();
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
