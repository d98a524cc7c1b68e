package io.drover.e2e.csi;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every malformed request gets its code and a message that helps, and leaves nothing behind. */
@Tag("root")
class BadInputIT {
    private static final long GIBI = 1L << 30;
    private static final long MEBI = 1L << 20;

    @Test
    void everyMalformedRequestIsRefusedWithItsCodeAndARemedyAndLeavesNothing() {
        Host.needs(PoolEngine.XFS);
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), PoolEngine.XFS, 4 * GIBI);
                StandaloneProcess drover = StandaloneProcess.on(workspace, pool)) {
            // Given
            prepare(drover.csi());
            var staging = workspace.directory("kubelet/staging");
            LeakCheck before = LeakCheck.look(workspace.root(), pool.path(), drover.dataDirectory());
            List<BadRequest> requests = new ArrayList<>();
            requests.addAll(BadVolumes.all());
            requests.addAll(BadParameters.all());
            requests.addAll(BadCalls.all());
            requests.addAll(new BadNodeCalls(workspace.path("kubelet")).all());

            // When
            List<String> wrong = new ArrayList<>();
            for (BadRequest request : requests) {
                String problem = problemOf(request, drover.csi());
                if (!problem.isEmpty()) {
                    wrong.add(request + ": " + problem);
                }
            }

            // Then
            System.out.printf("bad input: %d requests, %d answered wrongly%n", requests.size(), wrong.size());
            assertThat(wrong).isEmpty();
            assertThat(requests).hasSizeGreaterThanOrEqualTo(100);
            assertThat(drover.csi().listVolumes().getEntriesList())
                    .extracting(entry -> entry.getVolume().getVolumeId())
                    .containsExactlyInAnyOrder("good", "other");
            assertThat(drover.csi().listSnapshots().getEntriesList()).hasSize(2);
            assertThat(LeakCheck.look(workspace.root(), pool.path(), drover.dataDirectory()))
                    .isEqualTo(before);
            assertThat(drover.isAlive()).isTrue();
        }
    }

    private static void prepare(CsiClient csi) {
        var good = csi.createVolume("good", 64 * MEBI, Capabilities.mount("ext4"));
        var other = csi.createVolume("other", 64 * MEBI, Capabilities.mount("ext4"));
        var first = csi.createSnapshot("good-snap", good.getVolumeId());
        var second = csi.createSnapshot("other-snap", other.getVolumeId());
    }

    /** What is wrong with the answer, or an empty text. */
    private static String problemOf(BadRequest request, CsiClient csi) {
        try {
            request.call().accept(csi);
            return "was accepted";
        } catch (StatusRuntimeException e) {
            String message =
                    e.getStatus().getDescription() == null ? "" : e.getStatus().getDescription();
            if (e.getStatus().getCode() != request.code()) {
                return "answered " + e.getStatus().getCode() + ": " + cut(message);
            }
            if (!message.toLowerCase(Locale.ROOT).contains(request.remedy().toLowerCase(Locale.ROOT))) {
                return "says nothing of \"" + request.remedy() + "\": " + cut(message);
            }
            return message.length() > 4096 ? "has a message of " + message.length() + " characters" : "";
        }
    }

    private static String cut(String message) {
        return message.length() > 400 ? message.substring(0, 400) + "…" : message;
    }
}
