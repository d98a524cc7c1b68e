package io.drover.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.World;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
}
