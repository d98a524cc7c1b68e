package io.drover.e2e.csi;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs csi-sanity, the community's conformance suite for CSI drivers, against the program. Nothing may fail, and nothing may be
 * skipped except for the reasons listed here, none of which is a capability that Drover claims.
 */
@Tag("root")
class CsiSanityIT {
    private static final long GIBI = 1L << 30;

    /** Part of a skipped spec's line, and why that is right. */
    private static final Map<String, String> EXPECTED_SKIPS = Map.of(
            "pending in csi-sanity itself",
            "the suite has switched this one off for every driver",
            "testnodevolumeattachlimit",
            "Drover sets no limit of volumes per node",
            "ControllerPublishVolume.readonly field",
            "Drover does not claim PUBLISH_READONLY: read-only is a matter of the node calls",
            "MaxVolumesPerNode",
            "Drover sets no limit of volumes per node",
            "VolumeHealth not supported",
            "a call of CSI 1.13; Drover speaks 1.12, where VolumeCondition says this",
            "StorageHealth not supported",
            "a call of CSI 1.13; Drover speaks 1.12",
            "SNAPSHOT_ACCESSIBILITY_CONSTRAINTS",
            "a capability of CSI 1.13; Drover speaks 1.12");

    @ParameterizedTest(name = "{0}, {1} volumes")
    @CsvSource({"BTRFS,mount", "BTRFS,block", "XFS,mount", "XFS,block"})
    void csiSanityPassesWithoutASkipThatIsNotExplained(PoolEngine engine, String accessType) throws IOException {
        // Given
        Host.needs(engine);
        Path sanity = program();
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 24 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            LeakCheck before = LeakCheck.look(workspace.root(), pool.path());
            Path report = workspace.path("sanity.xml");

            // When
            HostCommand.Result result = HostCommand.attempt(arguments(sanity, workspace, drover, report, accessType));

            // Then
            assertThat(report)
                    .as(() -> result.output() + "\n" + drover.logTail())
                    .exists();
            SanityReport specs = SanityReport.read(report);
            print(engine, accessType, specs);
            assertThat(specs.failed()).as(() -> drover.logTail()).isEmpty();
            assertThat(specs.skipped()).allMatch(line -> reasonFor(line) != null);
            assertThat(specs.passed()).isGreaterThan(60);
            assertThat(result.exit()).as(result.output()).isZero();
            assertThat(LeakCheck.look(workspace.root(), pool.path()).since(before))
                    .as("left behind")
                    .isEmpty();
        }
    }

    private static List<String> arguments(
            Path sanity, Workspace workspace, StandaloneProcess drover, Path report, String accessType)
            throws IOException {
        Path snapshotParameters = Files.writeString(workspace.path("snapshot.yaml"), "type: snap\n");
        Path mutableParameters = Files.writeString(workspace.path("mutable.yaml"), "staleReplicaTimeout: \"60\"\n");
        return List.of(
                sanity.toString(),
                "--csi.endpoint=unix://" + drover.socket(),
                "--csi.mountdir=" + workspace.directory("kubelet").resolve("mount"),
                "--csi.stagingdir=" + workspace.directory("kubelet").resolve("stage"),
                "--csi.testvolumesize=" + GIBI,
                "--csi.testvolumeexpandsize=" + 2 * GIBI,
                "--csi.testvolumeaccesstype=" + accessType,
                "--csi.testsnapshotparameters=" + snapshotParameters,
                "--csi.testvolumemutableparameters=" + mutableParameters,
                "--ginkgo.no-color",
                "--ginkgo.junit-report=" + report);
    }

    private static Path program() {
        HostCommand.Result found =
                HostCommand.attempt(Host.sources().resolve("e2e/csi-sanity").toString());
        Host.skipUnless(found.exit() != 3, found.output());
        assertThat(found.exit()).as(found.output()).isZero();
        return Path.of(found.output().lines().toList().getLast());
    }

    private static @org.jspecify.annotations.Nullable String reasonFor(String skipped) {
        return EXPECTED_SKIPS.entrySet().stream()
                .filter(entry -> skipped.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static void print(PoolEngine engine, String accessType, SanityReport specs) {
        System.out.printf(
                "csi-sanity on %s, %s volumes: %d passed, %d failed, %d skipped%n",
                engine,
                accessType,
                specs.passed(),
                specs.failed().size(),
                specs.skipped().size());
        specs.failed().forEach(line -> System.out.println("  FAILED " + line));
        specs.skipped().forEach(line -> System.out.println("  SKIPPED " + line + " (" + reasonFor(line) + ")"));
    }
}
