package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.ByteSize;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Resource;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeState;
import io.drover.core.resources.RandomRecords;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.ResourceStoreContract;
import io.drover.core.store.Stored;
import io.drover.core.time.Pause;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store, the lead, the pods and the Secrets on a real API server: what only that can tell, such as what it refuses and keeps. */
@Tag("cluster")
@SuppressWarnings("NullAway.Init")
class RealApiServerStoreIT extends ResourceStoreContract {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private static RealApiServer server;

    private String namespace;
    private KubernetesConnection connection;
    private KubernetesStore store;

    @BeforeAll
    static void startServer() throws IOException {
        server = RealApiServer.start();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        namespace = "test-" + NAMESPACES.incrementAndGet();
        connection = server.connect(namespace);
        store = KubernetesStore.open(connection, Clock.systemUTC(), Pause.SLEEP, FaultPoints.NONE);
        assertThat(store.awaitSynced(SOON)).isTrue();
    }

    @AfterEach
    void close() {
        store.close();
        connection.close();
    }

    @Override
    protected ResourceStore store() {
        return store;
    }

    @Test
    void everyRecordIsKeptWholeAndComesBack() {
        RandomRecords random = new RandomRecords(11);
        int kept = 0;
        for (int i = 0; i < 400; i++) {
            Resource record = random.any();
            if (store.find(record.getClass(), record.key()).isEmpty() && isTaken(record)) {
                kept++;
            }
        }
        List<Stored<Volume>> volumes = store.list(Volume.class);

        store.close();
        store = KubernetesStore.open(connection, Clock.systemUTC(), Pause.SLEEP, FaultPoints.NONE);
        assertThat(store.awaitSynced(SOON)).isTrue();

        assertThat(kept).isGreaterThan(100);
        assertThat(store.unreadable()).isEmpty();
        assertThat(store.list(Volume.class)).isEqualTo(volumes).isNotEmpty();
    }

    /** What people write has rules that random texts break; all that only Drover writes has to be taken. */
    private boolean isTaken(Resource record) {
        try {
            assertThat(store.create(record).value()).isEqualTo(record);
            return true;
        } catch (StorageException e) {
            assertThat(record)
                    .isInstanceOfAny(BackupTarget.class, RecurringJob.class, SettingsRecord.class, StorageNode.class);
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID);
            return false;
        }
    }

    @Test
    void theStateIsShownToPeople() {
        store.create(KubernetesStoreTest.volume(VolumeState.READY));

        GenericKubernetesResource shown = object("Volume", "pvc-1");

        assertThat(shown.<Object>get("status", "state")).isEqualTo("Ready");
        assertThat(String.valueOf(shown.<Object>get("status", "conditions"))).contains("status=True, type=Ready");
    }

    @Test
    void twoStoresDecideByVersionAndSeeEachOther() {
        Stored<Volume> mine = store.create(new RandomRecords(3).volume("pvc-1"));
        try (KubernetesStore other =
                KubernetesStore.open(connection, Clock.systemUTC(), Pause.SLEEP, FaultPoints.NONE)) {
            assertThat(other.awaitSynced(SOON)).isTrue();
            Stored<Volume> theirs = other.find(Volume.class, "pvc-1").orElseThrow();
            var _ = other.update(theirs, theirs.value().withSize(ByteSize.ofGibi(7)));

            refuses(ErrorCode.BUSY, () -> store.update(mine, mine.value().withSize(ByteSize.ofGibi(8))));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> store.find(Volume.class, "pvc-1")
                            .filter(seen -> seen.value().size().equals(ByteSize.ofGibi(7)))
                            .isPresent());
            other.delete(Volume.class, "pvc-1");
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> store.find(Volume.class, "pvc-1").isEmpty());
        }
    }

    @Test
    void whatTheDefinitionsForbidIsRefusedInTheServersWords() {
        Stored<Volume> read = store.create(new RandomRecords(3).volume("pvc-1").withSize(ByteSize.ofGibi(7)));

        assertThatThrownBy(() -> store.update(read, read.value().withSize(ByteSize.ofGibi(6))))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("cannot patch volumes.drover.io pvc-1");
        assertThat(store.find(Volume.class, "pvc-1")).contains(read);
    }

    @Test
    void aFinalizerOfSomebodyElseIsNamed() {
        store.create(new RandomRecords(3).volume("pvc-1"));
        patch("Volume", "pvc-1", "{\"metadata\":{\"finalizers\":[\"example.com/wait\"]}}");

        assertThatThrownBy(() -> store.delete(Volume.class, "pvc-1")).hasMessageContaining("example.com/wait");

        patch("Volume", "pvc-1", "{\"metadata\":{\"finalizers\":null}}");
        Awaitility.await()
                .atMost(SOON)
                .until(() -> store.find(Volume.class, "pvc-1").isEmpty());
    }

    @Test
    void aNodeThatAPersonEditsIsRead() {
        server.admin()
                .load(new ByteArrayInputStream(
                        ("apiVersion: drover.io/v1alpha1\nkind: StorageNode\nmetadata: {name: worker-1.example, namespace: "
                                        + namespace + "}\nspec: {disks: [{path: /mnt/fast, tags: [ssd]}]}\n")
                                .getBytes(StandardCharsets.UTF_8)))
                .create();

        Awaitility.await()
                .atMost(SOON)
                .until(() -> store.names(StorageNode.class).contains("worker-1.example"));
        StorageNode node =
                store.find(StorageNode.class, "worker-1.example").orElseThrow().value();
        assertThat(node.schedulable()).isTrue();
        assertThat(node.disks())
                .singleElement()
                .satisfies(disk -> assertThat(disk.path()).isEqualTo("/mnt/fast"));
    }

    @Test
    void theLeadIsTakenHeldAndGivenBack() throws Exception {
        LeaderElection.Timing timing = new LeaderElection.Timing(
                Duration.ofSeconds(4), Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofSeconds(1));
        Lead first = election("one", timing).acquire(true, leader -> {}, loss -> {});
        CompletableFuture<Lead> second = CompletableFuture.supplyAsync(
                () -> election("two", timing).acquire(true, leader -> {}, loss -> {}),
                task -> Thread.ofVirtual().start(task));
        Awaitility.await().during(Duration.ofSeconds(6)).atMost(SOON).until(() -> first.isHeld() && !second.isDone());

        first.close();

        try (Lead lead = second.get(SOON.toSeconds(), TimeUnit.SECONDS)) {
            assertThat(lead.isHeld()).isTrue();
            var lease = server.admin()
                    .leases()
                    .inNamespace(namespace)
                    .withName("drover-controller")
                    .get();
            assertThat(lease.getSpec().getHolderIdentity()).isEqualTo("two");
            assertThat(lease.getSpec().getLeaseTransitions()).isEqualTo(1);
            assertThat(lease.getSpec().getRenewTime()).isNotNull();
        }
    }

    @Test
    void aServiceLeadsToWhoeverLeads() {
        assertThatThrownBy(() -> service("10.0.0.1").leadHere())
                .as("there is no such Service")
                .hasMessageContaining("services");
        server.admin()
                .load(new ByteArrayInputStream(("apiVersion: v1\nkind: Service\nmetadata: {name: blocks, namespace: "
                                + namespace + "}\nspec: {ports: [{name: grpc, port: 6443}]}\n")
                        .getBytes(StandardCharsets.UTF_8)))
                .create();

        service("10.0.0.1").leadHere();
        service("10.0.0.1").leadHere();
        String version = slice().getMetadata().getResourceVersion();
        service("10.0.0.1").leadHere();

        assertThat(slice().getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(slice().getMetadata().getOwnerReferences()).hasSize(1);

        service("10.0.0.2").leadHere();

        assertThat(slice().getEndpoints())
                .singleElement()
                .satisfies(endpoint -> assertThat(endpoint.getAddresses()).containsExactly("10.0.0.2"));
        assertThat(slice().getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort()).isEqualTo(50051));
    }

    private LeaderService service(String address) {
        return new LeaderService(
                connection, new LeaderService.Place("blocks", "grpc", address, 50051), Clock.systemUTC(), Pause.SLEEP);
    }

    private EndpointSlice slice() {
        return server.admin()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withName("blocks")
                .get();
    }

    @Test
    void aSecretIsReadAndAnotherNamespaceIsNot() {
        server.admin()
                .load(new ByteArrayInputStream(("apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: "
                                + namespace + "}\nstringData: {A: b}\n")
                        .getBytes(StandardCharsets.UTF_8)))
                .create();
        SecretCredentialStore secrets = new SecretCredentialStore(connection, Clock.systemUTC(), Pause.SLEEP);

        assertThat(secrets.find("keys")).contains(java.util.Map.of("A", "b"));
        assertThat(secrets.find("others")).isEmpty();
    }

    private LeaderElection election(String identity, LeaderElection.Timing timing) {
        return new LeaderElection(
                connection, "drover-controller", identity, timing, System::nanoTime, Clock.systemUTC(), Pause.SLEEP);
    }

    private GenericKubernetesResource object(String kind, String name) {
        return server.admin()
                .genericKubernetesResources("drover.io/v1alpha1", kind)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void patch(String kind, String name, String patch) {
        var _ = server.admin()
                .genericKubernetesResources("drover.io/v1alpha1", kind)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private static void refuses(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
