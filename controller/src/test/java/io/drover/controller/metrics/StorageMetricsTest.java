package io.drover.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.FakeHosts;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.parameters.ParameterReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageMetricsTest {
    @Test
    void showsVolumesByStateAndDisks() {
        // Given
        World world = new World();
        world.create("v");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StorageMetrics metrics = new StorageMetrics(registry, world.services().records(), world.hosts);

        // When
        metrics.refresh();

        // Then
        assertThat(registry.get("drover.volumes").tag("state", "ready").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("drover.volumes")
                        .tag("state", "deleting")
                        .gauge()
                        .value())
                .isZero();
        assertThat(registry.get("drover.disk.capacity.bytes")
                        .tag("disk", World.DISK)
                        .gauge()
                        .value())
                .isEqualTo(100.0 * (1L << 30));
        assertThat(registry.get("drover.disk.provisioned.bytes").gauge().value())
                .isEqualTo(1L << 30);
    }

    @Test
    void tellsVolumesWithTooFewReplicasFromThoseThatSomethingElseIsWrongWith() {
        // Given
        World world = new World();
        world.create("v");
        var _ = world.services()
                .changes()
                .modify(
                        World.volume("v"),
                        now -> ParameterReader.readMutable(Map.of("numberOfReplicas", "3"), now, world.settings));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StorageMetrics metrics = new StorageMetrics(registry, world.services().records(), world.hosts);

        // When, Then
        metrics.refresh();
        assertThat(registry.get("drover.volumes.degraded").gauge().value()).isEqualTo(1);
        assertThat(registry.get("drover.volumes.abnormal").gauge().value()).isZero();

        // When, Then
        world.hosts.failNext("describe", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);
        metrics.refresh();
        assertThat(registry.get("drover.volumes.abnormal").gauge().value()).isEqualTo(1);
    }
}
