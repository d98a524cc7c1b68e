package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In real time, with a lease that is a quarter of the program's. */
@SuppressWarnings("NullAway.Init")
class LeaderElectionTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(4);
    /** Long enough for somebody who believes a wrong clock to take the lead. */
    private static final Duration A_WHILE = LEASE.plusSeconds(1);

    private static final LeaderElection.Timing TIMING =
            new LeaderElection.Timing(LEASE, Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofMillis(800));

    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final List<String> standing = new CopyOnWriteArrayList<>();
    private FakeApiServer server;
    private KubernetesConnection connection;

    @BeforeEach
    void open() throws IOException {
        server = new FakeApiServer();
        connection = KubernetesStoreTest.connect(server.url());
    }

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    @Test
    void theFirstLeadsAndTheSecondFollowsWhenItIsGivenBack() throws Exception {
        Lead first = election("one").acquire(true, standing::add, losses::add);
        CompletableFuture<Lead> second = acquire("two");
        Awaitility.await().during(A_WHILE).atMost(SOON).until(() -> !second.isDone());
        assertThat(holder()).isEqualTo("one");
        assertThat(standing).containsExactly("one leads");

        first.close();

        try (Lead lead = second.get(SOON.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(lead.isHeld()).isTrue();
            assertThat(holder()).isEqualTo("two");
            assertThat(lease().path("leaseTransitions").asInt()).isEqualTo(1);
        }
        assertThat(holder()).isEmpty();
        assertThat(losses).isEmpty();
    }

    @Test
    void aHolderWhoseClockIsADayBehindIsBelievedAsLongAsItRenews() {
        try (Lead slow = election("one", Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)))
                .acquire(true, standing::add, losses::add)) {
            CompletableFuture<Lead> second = acquire("two");

            Awaitility.await().during(A_WHILE).atMost(SOON).until(() -> !second.isDone());

            assertThat(slow.isHeld()).isTrue();
            second.cancel(true);
        }
    }

    @Test
    void aHolderWhoseClockIsADayAheadIsBelievedGoneAfterItsDuration() throws Exception {
        server.put("leases", lease("dead", Instant.now().plus(Duration.ofDays(1))));
        long began = System.nanoTime();

        try (Lead lead = acquire("two").get(SOON.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(LEASE);
            assertThat(lead.isHeld()).isTrue();
        }
    }

    @Test
    void aServerThatHangsCostsTheLeadWithinTheDeadline() {
        Lead lead = election("one").acquire(true, standing::add, losses::add);
        long began = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            server.plan("PATCH", "leases", FakeApiServer.Fault.HANG);
        }

        Awaitility.await().atMost(SOON).until(() -> !losses.isEmpty());

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LEASE);
        assertThat(losses).singleElement().asString().contains("could not be renewed");
        assertThat(lead.isHeld()).isFalse();
        lead.close();
        assertThat(holder()).as("what is lost is not given back").isEqualTo("one");
    }

    @Test
    void aServerThatIsAwayForAMomentCostsNothing() {
        try (Lead lead = election("one").acquire(true, standing::add, losses::add)) {
            server.plan("PATCH", "leases", FakeApiServer.Fault.UNAVAILABLE);
            server.plan("PATCH", "leases", FakeApiServer.Fault.ANSWER_LOST);
            server.plan("PATCH", "leases", FakeApiServer.Fault.HANG);

            Awaitility.await().during(A_WHILE).atMost(SOON).until(lead::isHeld);
        }
        assertThat(losses).isEmpty();
    }

    @Test
    void somebodyWhoTakesItEndsTheHolder() {
        Lead lead = election("one").acquire(true, standing::add, losses::add);

        server.edit(
                "leases", "drover-controller", lease -> ((ObjectNode) lease.get("spec")).put("holderIdentity", "two"));

        Awaitility.await().atMost(SOON).until(() -> !losses.isEmpty());
        assertThat(losses).singleElement().asString().contains("it is two's");
        lead.close();
        assertThat(holder()).isEqualTo("two");
    }

    @Test
    void aLabelOfSomebodyOnTheLeaseCostsNothing() {
        try (Lead lead = election("one").acquire(true, standing::add, losses::add)) {
            for (int i = 0; i < 5; i++) {
                String value = "v" + i;
                server.edit(
                        "leases",
                        "drover-controller",
                        lease -> ((ObjectNode) lease.get("metadata"))
                                .putObject("labels")
                                .put("team", value));
            }
            Awaitility.await().during(A_WHILE).atMost(SOON).until(lead::isHeld);
        }
        assertThat(losses).isEmpty();
    }

    @Test
    void whoDoesNotWantToStandByEndsWhileAnotherOneLeadsAndTakesOverWhereNobodyDoes() throws Exception {
        try (Lead lead = election("one").acquire(true, standing::add, losses::add)) {
            assertThat(lead.isHeld()).isTrue();
            assertThatThrownBy(() -> election("two").acquire(false, standing::add, losses::add))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IN_USE))
                    .hasMessageContaining("one leads (Lease drover-system/drover-controller)");
        }
        server.edit(
                "leases", "drover-controller", lease -> ((ObjectNode) lease.get("spec")).put("holderIdentity", "dead"));

        try (Lead lead = election("two").acquire(false, standing::add, losses::add)) {
            assertThat(lead.isHeld()).isTrue();
        }
    }

    @Test
    void ofManyOneLeads() throws Exception {
        List<CompletableFuture<Lead>> all = List.of(acquire("a"), acquire("b"), acquire("c"), acquire("d"));

        for (int turn = 0; turn < all.size(); turn++) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> all.stream()
                            .anyMatch(each -> each.isDone()
                                    && each.getNow(null) != null
                                    && each.getNow(null).isHeld()));
            List<Lead> holding = all.stream()
                    .filter(CompletableFuture::isDone)
                    .map(CompletableFuture::join)
                    .filter(Lead::isHeld)
                    .toList();
            assertThat(holding).hasSize(1);
            holding.getFirst().close();
        }
        assertThat(losses).isEmpty();
    }

    private CompletableFuture<Lead> acquire(String identity) {
        return CompletableFuture.supplyAsync(
                () -> election(identity).acquire(true, standing::add, losses::add),
                task -> Thread.ofVirtual().start(task));
    }

    private LeaderElection election(String identity) {
        return election(identity, Clock.systemUTC());
    }

    private LeaderElection election(String identity, Clock clock) {
        return new LeaderElection(
                connection, "drover-controller", identity, TIMING, System::nanoTime, clock, Pause.SLEEP);
    }

    private String holder() {
        return lease().path("holderIdentity").asText();
    }

    private com.fasterxml.jackson.databind.JsonNode lease() {
        return server.get("leases", "drover-controller").path("spec");
    }

    private static String lease(String holder, Instant renewed) {
        return "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"drover-controller\"},"
                + "\"spec\":{\"holderIdentity\":\"" + holder + "\",\"leaseDurationSeconds\":4,\"renewTime\":\""
                + renewed
                + "\",\"leaseTransitions\":3}}";
    }
}
