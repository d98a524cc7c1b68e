package io.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class NodeOrdersTest {
    private static final List<DiskConfiguration> OWN =
            List.of(DiskConfiguration.parse("/data/disk"), DiskConfiguration.parse("/mnt/a,tags=slow"));

    @TempDir
    Path state;

    @Test
    void whatWasToldIsThereAfterARestart() {
        NodeOrders orders = NodeOrders.open(state, OWN);
        assertThat(orders.disks()).isEqualTo(OWN);
        assertThat(orders.get()).isEqualTo(Settings.DEFAULTS);

        orders.keep(List.of("/dev/sdb,tags=ssd", "/mnt/a,tags=fast"), Map.of("over-provisioning-percentage", "300"));

        for (NodeOrders now : List.of(orders, NodeOrders.open(state, OWN))) {
            assertThat(now.disks())
                    .containsExactly(
                            DiskConfiguration.parse("/data/disk"),
                            DiskConfiguration.parse("/mnt/a,tags=fast"),
                            DiskConfiguration.parse("/dev/sdb,tags=ssd"));
            assertThat(now.get().overProvisioningPercentage()).isEqualTo(300);
        }
    }

    @Test
    void whatCannotBeIsRefusedAndChangesNothing() {
        NodeOrders orders = NodeOrders.open(state, OWN);
        orders.keep(List.of("/dev/sdb"), Map.of());

        assertThatThrownBy(() -> orders.keep(List.of("no/path"), Map.of())).hasMessageContaining("is not absolute");
        assertThatThrownBy(() -> orders.keep(List.of(), Map.of("no-setting", "1")))
                .hasMessageContaining("no-setting");

        assertThat(NodeOrders.open(state, OWN).disks()).hasSize(3);
    }

    @Test
    void settingsOfAnotherVersionDoNotKeepTheHostFromItsDisks() throws IOException {
        NodeOrders.open(state, OWN).keep(List.of("/dev/sdb"), Map.of("over-provisioning-percentage", "300"));
        Path file = state.resolve("orders.json");
        Files.writeString(file, Files.readString(file).replace("over-provisioning-percentage", "of-a-newer-version"));

        NodeOrders orders = NodeOrders.open(state, OWN);

        assertThat(orders.disks()).hasSize(3);
        assertThat(orders.get()).isEqualTo(Settings.DEFAULTS);
    }
}
