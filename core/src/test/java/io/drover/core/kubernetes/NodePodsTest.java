package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.time.Pause;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class NodePodsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private FakeApiServer server;
    private KubernetesConnection connection;
    private NodePods pods;

    @BeforeEach
    void open() throws IOException {
        server = new FakeApiServer();
        connection = KubernetesStoreTest.connect(server.url());
    }

    @AfterEach
    void close() {
        if (pods != null) {
            pods.close();
        }
        connection.close();
        server.close();
    }

    @Test
    void podsComeMoveAndGo() {
        server.put("pods", pod("drover-node-a", "worker-1", "10.0.0.1"));
        follow();
        assertThat(pods.places()).isEqualTo(Map.of("worker-1", Optional.of("10.0.0.1")));

        server.put("pods", pod("drover-node-b", "worker-2", ""));
        awaitPlaces(Map.of("worker-1", Optional.of("10.0.0.1"), "worker-2", Optional.empty()));

        server.edit(
                "pods",
                "drover-node-b",
                pod -> ((ObjectNode) pod.get("status")).put("phase", "Running").put("podIP", "fd00::2"));
        awaitPlaces(Map.of("worker-1", Optional.of("10.0.0.1"), "worker-2", Optional.of("fd00::2")));

        server.remove("pods", "drover-node-a");
        awaitPlaces(Map.of("worker-2", Optional.of("fd00::2")));
    }

    @Test
    void aPodThatIsBeingDeletedIsNoAddressAndItsSuccessorIs() {
        server.put("pods", pod("drover-node-a", "worker-1", "10.0.0.1"));
        follow();

        server.edit(
                "pods",
                "drover-node-a",
                pod -> ((ObjectNode) pod.get("metadata")).put("deletionTimestamp", "2026-11-30T08:00:00Z"));
        awaitPlaces(Map.of("worker-1", Optional.empty()));

        server.put("pods", pod("drover-node-b", "worker-1", "10.0.0.9"));
        awaitPlaces(Map.of("worker-1", Optional.of("10.0.0.9")));
    }

    @Test
    void aPodWithoutANodeIsNone() {
        server.put("pods", pod("drover-node-a", "", ""));
        follow();

        assertThat(pods.places()).isEmpty();
    }

    @Test
    void aLostWatchIsOpenedAgainAndTheLastAddressesStayMeanwhile() {
        server.put("pods", pod("drover-node-a", "worker-1", "10.0.0.1"));
        follow();
        server.plan("GET", "pods", FakeApiServer.Fault.FORBIDDEN);

        server.dropWatches(true);
        server.edit("pods", "drover-node-a", pod -> ((ObjectNode) pod.get("status")).put("podIP", "10.0.0.2"));

        assertThat(pods.places()).containsKey("worker-1");
        awaitPlaces(Map.of("worker-1", Optional.of("10.0.0.2")));
    }

    private void follow() {
        pods = NodePods.open(connection, Clock.systemUTC(), Pause.SLEEP);
        assertThat(pods.awaitListed(SOON)).isTrue();
    }

    private void awaitPlaces(Map<String, Optional<String>> places) {
        Awaitility.await()
                .atMost(SOON)
                .untilAsserted(() -> assertThat(pods.places()).isEqualTo(places));
    }

    private static String pod(String name, String node, String address) {
        String status = address.isEmpty() ? "Pending" : "Running";
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\"},"
                + "\"spec\":{\"nodeName\":\"" + node + "\"},\"status\":{\"phase\":\"" + status + "\",\"podIP\":\""
                + address + "\"}}";
    }
}
