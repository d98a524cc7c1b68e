package io.drover.controller.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.NodeId;
import io.drover.core.rpc.RpcChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectedNodesTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private final Map<NodeId, Optional<NodePlaces.Address>> places = new TreeMap<>();
    private final FakeNode first = new FakeNode("n1");
    private final FakeNode second = new FakeNode("n1");
    private final ConnectedNodes nodes = new ConnectedNodes(
            "agent",
            () -> places,
            (what, place, _) -> RpcChannel.inProcess(place.host(), Duration.ofSeconds(10)),
            "look at the pod of the node");
    private final Hosts hosts = new GrpcHosts(nodes);

    @AfterEach
    void close() {
        nodes.close();
        first.close();
        second.close();
    }

    @Test
    void aKnownNodeThatIsAwayIsUnavailableAndListed() {
        // Given
        places.put(N2, Optional.empty());
        places.put(N1, Optional.of(first.address()));

        // When, Then
        assertThat(hosts.nodes()).containsExactly(N1, N2);
        assertThat(hosts.describe(N1).disks()).hasSize(1);
        Expect.code(ErrorCode.UNAVAILABLE, () -> hosts.describe(N2), "n2 is known, but its agent does not run");
        Expect.code(ErrorCode.NOT_FOUND, () -> hosts.describe(new NodeId("n3")), "n3");
        assertThat(HostSurvey.of(hosts).silent()).containsOnlyKeys(N2);
    }

    @Test
    void aNewAddressIsFollowed() {
        // Given
        places.put(N1, Optional.of(first.address()));
        var _ = hosts.describe(N1);
        first.stop();
        Expect.code(ErrorCode.UNAVAILABLE, () -> hosts.describe(N1), "node n1 gives no answer");

        // When
        places.put(N1, Optional.of(second.address()));

        // Then
        assertThat(hosts.describe(N1).disks()).hasSize(1);
    }

    @Test
    void aNodeThatComesBackIsReachedByTheNextCalls() {
        // Given
        places.put(N1, Optional.empty());
        Expect.code(ErrorCode.UNAVAILABLE, () -> hosts.describe(N1), "call again");

        // When
        places.put(N1, Optional.of(first.address()));

        // Then
        assertThat(hosts.describe(N1).node()).isEqualTo(N1);
    }
}
