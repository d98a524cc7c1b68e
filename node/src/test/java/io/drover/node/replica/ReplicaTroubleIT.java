package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.error.ErrorCode;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Settings;
import io.drover.core.sys.MountFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Disks that are full, gone or read-only. */
class ReplicaTroubleIT extends OnBothEngines {
    @Test
    void diskAboveItsWatermarkTakesNothingNewAndKeepsWhatItHas() {
        host.create("v");
        host.write("v", "first");
        host.snapshot("v", "s");
        host.settings(new Settings(10_000, 100, 0, true, 250));

        refused(ErrorCode.NO_SPACE, "minimal-available", () -> host.create("w"));
        refused(ErrorCode.NO_SPACE, "minimal-available", () -> host.snapshot("v", "t"));
        refused(
                ErrorCode.NO_SPACE,
                "minimal-available",
                () -> host.replicas().resize(host.id("v"), ByteSize.ofMebi(64)));
        // Repeats of what was done are answered, and everything else works.
        host.create("v");
        host.snapshot("v", "s");
        host.replicas().revert("s", host.member("v", "safe"));
        host.replicas().delete(host.id("v"), true);
        assertThat(host.stores().describe().getFirst().schedulable()).isFalse();
        assertThat(host.stores().describe().getFirst().problem()).isEmpty();
    }

    @Test
    void overProvisioningHasALimit() {
        host.settings(new Settings(100, 0, 0, true, 250));
        host.replicas().create(new NewReplica(host.id("v"), ByteSize.ofMebi(800), Optional.empty(), ""));

        refused(
                ErrorCode.NO_SPACE,
                "over-provisioning",
                () -> host.replicas().create(new NewReplica(host.id("w"), ByteSize.ofMebi(800), Optional.empty(), "")));
        refused(
                ErrorCode.NO_SPACE,
                "over-provisioning",
                () -> host.replicas().resize(host.id("v"), ByteSize.ofGibi(2)));
        assertThat(host.stores().describe().getFirst().usage().provisioned()).isEqualTo(800L << 20);
        host.replicas().delete(host.id("v"), true);
        host.replicas().create(new NewReplica(host.id("w"), ByteSize.ofMebi(800), Optional.empty(), ""));
    }

    @Test
    void fullDiskRefusesAndHarmsNothing() throws IOException {
        host.create("v");
        host.write("v", "first");
        fill(host.root().resolve("ballast"));

        for (int i = 0; i < 200; i++) {
            String name = "n" + i;
            assertThat(ReplicaHost.outcome(() -> host.create(name))).isIn("ok", "NO_SPACE");
            assertThat(ReplicaHost.outcome(() -> host.snapshot("v", name))).isIn("ok", "NO_SPACE");
        }
        assertThat(host.read("v")).isEqualTo("first");
        Files.delete(host.root().resolve("ballast"));
        scratch.calls().fileSystems().sync(host.root());
        host.restart(FaultPoints.NONE);
        assertThat(host.remains()).isEmpty();
        for (Replica replica : host.replicas().list(Optional.empty())) {
            assertThat(replica.problem()).isEmpty();
            host.replicas().delete(replica.id(), true);
        }
        assertThat(host.tree()).containsExactly("");
    }

    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 20];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
    }

    @Test
    void vanishedDiskIsUnavailableAndNothingIsMadeInItsPlace() {
        host.create("v");
        Path root = host.root();
        scratch.calls().mounts().unmount(root, Set.of());

        refused(ErrorCode.UNAVAILABLE, "is it mounted", () -> host.create("w"));
        refused(ErrorCode.UNAVAILABLE, "is it mounted", () -> host.replicas().get(host.id("v")));
        refused(ErrorCode.UNAVAILABLE, "is it mounted", () -> host.replicas().delete(host.id("v"), true));
        refused(ErrorCode.UNAVAILABLE, "is it mounted", () -> host.replicas().list(Optional.empty()));
        assertThat(host.stores().describe().getFirst().problem()).contains("is it mounted");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void diskThatBecomesReadOnlyIsReported() {
        host.create("v");
        host.write("v", "first");
        scratch.calls().mounts().remount(host.root(), false, Set.of(MountFlag.READ_ONLY), "");

        assertThat(host.stores().describe().getFirst().problem()).containsIgnoringCase("read-only");
        assertThat(host.stores().describe().getFirst().schedulable()).isFalse();
        refused(ErrorCode.UNAVAILABLE, "ead-only", () -> host.create("w"));
        refused(ErrorCode.UNAVAILABLE, "ead-only", () -> host.snapshot("v", "s"));
        assertThat(host.replicas().get(host.id("v")).problem()).isEmpty();
        assertThat(host.read("v")).isEqualTo("first");
    }
}
