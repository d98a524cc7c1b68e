package io.drover.controller.metrics;

import io.drover.controller.host.DiskState;
import io.drover.controller.host.HostSurvey;
import io.drover.controller.host.Hosts;
import io.drover.controller.volume.VolumeConditions;
import io.drover.controller.volume.VolumeRecords;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Shows what there is: {@code drover_volumes} and {@code drover_snapshots} by state, {@code drover_volumes_abnormal},
 * {@code drover_volumes_degraded}, and the disks. Degraded volumes do not count as abnormal here: with one replica for each, an alert would
 * never end. The figures are those of the latest {@link #refresh}, which whoever serves them calls first.
 */
public final class StorageMetrics {
    private final VolumeRecords records;
    private final Hosts hosts;
    private final MultiGauge volumes;
    private final MultiGauge snapshots;
    private final MultiGauge abnormal;
    private final MultiGauge degraded;
    private final MultiGauge attached;
    private final MultiGauge silentHosts;
    private final List<DiskGauge> disks;

    private record DiskGauge(MultiGauge gauge, ToDoubleFunction<DiskState> value) {}

    public StorageMetrics(MeterRegistry registry, VolumeRecords records, Hosts hosts) {
        this.records = records;
        this.hosts = hosts;
        this.volumes = gauge(registry, "drover.volumes", "Volumes by state");
        this.snapshots = gauge(registry, "drover.snapshots", "Snapshots by state");
        this.abnormal = gauge(
                registry, "drover.volumes.abnormal", "Volumes that something is wrong with, beside too few replicas");
        this.degraded = gauge(registry, "drover.volumes.degraded", "Volumes with fewer replicas than asked for");
        this.attached = gauge(registry, "drover.volumes.attached", "Volumes that are published to a node");
        this.silentHosts = gauge(registry, "drover.hosts.silent", "Hosts that give no answer");
        this.disks = List.of(
                new DiskGauge(
                        gauge(registry, "drover.disk.capacity.bytes", "Size of the disk's pool"),
                        disk -> disk.capacity().bytes()),
                new DiskGauge(
                        gauge(registry, "drover.disk.available.bytes", "Free space of the disk's pool"),
                        disk -> disk.available().bytes()),
                new DiskGauge(
                        gauge(registry, "drover.disk.provisioned.bytes", "Sum of the sizes of the volumes on the disk"),
                        disk -> disk.provisioned().bytes()),
                new DiskGauge(gauge(registry, "drover.disk.replicas", "Replicas on the disk"), DiskState::replicas),
                new DiskGauge(
                        gauge(registry, "drover.disk.healthy", "1 if the disk is usable"),
                        disk -> disk.isHealthy() ? 1 : 0));
    }

    /** Reads the records and asks the hosts, and replaces the figures. Blocks. A silent host's disks vanish and the host is counted. */
    public void refresh() {
        HostSurvey survey = HostSurvey.of(hosts);
        List<Volume> allVolumes = records.all();
        List<Snapshot> allSnapshots = records.snapshots();
        volumes.register(
                Arrays.stream(VolumeState.values())
                        .map(state -> Row.of(
                                Tags.of("state", word(state)),
                                allVolumes.stream()
                                        .filter(volume -> volume.state() == state)
                                        .count()))
                        .toList(),
                true);
        snapshots.register(
                Arrays.stream(SnapshotState.values())
                        .map(state -> Row.of(
                                Tags.of("state", word(state)),
                                allSnapshots.stream()
                                        .filter(snapshot -> snapshot.state() == state)
                                        .count()))
                        .toList(),
                true);
        one(
                abnormal,
                allVolumes.stream()
                        .filter(volume -> !VolumeConditions.problems(volume, survey, List.of())
                                .isEmpty())
                        .count());
        one(degraded, allVolumes.stream().filter(VolumeConditions::isDegraded).count());
        one(
                attached,
                allVolumes.stream()
                        .filter(volume -> volume.attachment().isPresent())
                        .count());
        one(silentHosts, survey.silent().size());
        disks.forEach(each -> each.gauge()
                .register(
                        survey.disks().stream()
                                .map(disk -> Row.of(tags(disk), each.value().applyAsDouble(disk)))
                                .toList(),
                        true));
    }

    private static void one(MultiGauge gauge, long value) {
        gauge.register(List.of(Row.of(Tags.empty(), value)), true);
    }

    private static Tags tags(DiskState disk) {
        return Tags.of(
                "node",
                disk.node().value(),
                "disk",
                disk.id().map(Object::toString).orElse(""),
                "path",
                disk.path(),
                "engine",
                disk.engine());
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
