package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Resource;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeState;
import io.drover.core.resources.RandomRecords;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.ResourceStoreContract;
import io.drover.core.store.Stored;
import io.drover.core.time.Pause;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KubernetesStoreTest extends ResourceStoreContract {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final RandomRecords random = new RandomRecords(5);
    private FaultPoints faults = FaultPoints.NONE;

    @SuppressWarnings("NullAway.Init")
    private FakeApiServer server;

    @SuppressWarnings("NullAway.Init")
    private KubernetesConnection connection;

    @SuppressWarnings("NullAway.Init")
    private KubernetesStore store;

    @BeforeEach
    void open() throws IOException {
        server = new FakeApiServer();
        connection = connect(server.url());
        store = start();
    }

    @AfterEach
    void close() {
        store.close();
        connection.close();
        server.close();
    }

    @Override
    protected ResourceStore store() {
        return store;
    }

    static KubernetesConnection connect(String url) {
        var config = new ConfigBuilder()
                .withMasterUrl(url)
                .withNamespace("drover-system")
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesConnection(
                new KubernetesClientBuilder().withConfig(config).build(), "drover-system");
    }

    private KubernetesStore start() {
        KubernetesStore opened =
                KubernetesStore.open(connection, Clock.systemUTC(), Pause.SLEEP, name -> faults.reach(name));
        assertThat(opened.awaitSynced(SOON)).isTrue();
        return opened;
    }

    private void restart() {
        store.close();
        store = start();
    }

    @Test
    void everyRecordComesBackAsItWasWritten() {
        for (int i = 0; i < 100; i++) {
            Resource record = random.any();
            if (store.find(record.getClass(), record.key()).isEmpty()) {
                store.create(record);
            }
        }
        var volumes = store.list(Volume.class);

        restart();

        assertThat(volumes).isNotEmpty();
        assertThat(store.list(Volume.class)).isEqualTo(volumes);
    }

    @Test
    void aRecordInMemoryIsReadWithoutTheServer() {
        Stored<Volume> created = store.create(random.volume("pvc-1"));
        server.forgetRequests();

        assertThat(store.find(Volume.class, "pvc-1")).contains(created);
        assertThat(store.list(Volume.class)).containsExactly(created);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aChangeOfTheStateIsOneWriteAndOneOfSizeAndStateAreTwo() {
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        server.forgetRequests();

        read = store.update(read, read.value().withState(VolumeState.READY));
        assertThat(server.requests())
                .singleElement()
                .asString()
                .startsWith("PATCH")
                .endsWith("/pvc-1/status");

        server.forgetRequests();
        store.update(read, read.value().withSize(ByteSize.ofGibi(9)));
        assertThat(server.requests()).hasSize(2);
        assertThat(server.get("volumes", "pvc-1")
                        .path("status")
                        .path("observedGeneration")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void aCreationThatEndedBetweenItsTwoWritesIsARecord() {
        Volume wanted = volume(VolumeState.CREATING);
        killedAt("kubernetes.created", () -> store.create(wanted));
        assertThat(server.get("volumes", "pvc-1").has("status")).isFalse();

        restart();

        Stored<Volume> found = store.find(Volume.class, "pvc-1").orElseThrow();
        assertThat(found.value()).isEqualTo(wanted);
        refuses(ErrorCode.EXISTS_DIFFERENT, () -> store.create(wanted));
        Stored<Volume> next = store.update(found, wanted.withState(VolumeState.READY));
        assertThat(next.value().state()).isEqualTo(VolumeState.READY);
        assertThat(server.get("volumes", "pvc-1").path("status").path("state").asText())
                .isEqualTo("Ready");
        assertThat(store.list(Volume.class)).containsExactly(next);
    }

    @Test
    void anUpdateThatEndedBetweenItsTwoWritesIsDone() {
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        Volume next = read.value().withSize(ByteSize.ofGibi(9)).withState(VolumeState.READY);
        killedAt("kubernetes.spec-written", () -> store.update(read, next));
        assertThat(server.get("volumes", "pvc-1").path("status").path("state").asText())
                .isEqualTo("Creating");

        restart();

        Stored<Volume> found = store.find(Volume.class, "pvc-1").orElseThrow();
        assertThat(found.value()).isEqualTo(next);
        // Calling again changes nothing, and shows what was not shown.
        store.update(found, next);
        assertThat(server.get("volumes", "pvc-1").path("status").path("state").asText())
                .isEqualTo("Ready");
    }

    @Test
    void whatAnEndedProcessDidNotShowIsShownWithoutAnyCall() {
        killedAt("kubernetes.created", () -> store.create(volume(VolumeState.CREATING)));

        restart();

        Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(server.get("volumes", "pvc-1")
                                .path("status")
                                .path("state")
                                .asText())
                        .isEqualTo("Creating"));
        assertThat(store.find(Volume.class, "pvc-1").orElseThrow().value()).isEqualTo(volume(VolumeState.CREATING));
    }

    @Test
    void anEditOfTheSpecByHandKeepsTheState() {
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        store.update(read, read.value().withSize(ByteSize.ofGibi(9)).withState(VolumeState.READY));

        server.edit("volumes", "pvc-1", object -> {
            ((ObjectNode) object.get("spec")).put("size", ByteSize.ofGibi(10).bytes());
            ((ObjectNode) object.get("metadata")).put("generation", 3);
        });

        Awaitility.await().atMost(SOON).untilAsserted(() -> {
            Volume now = store.find(Volume.class, "pvc-1").orElseThrow().value();
            assertThat(now.size()).isEqualTo(ByteSize.ofGibi(10));
            assertThat(now.state()).isEqualTo(VolumeState.READY);
        });
    }

    @Test
    void labelsAndAnnotationsOfOthersStay() {
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        server.edit("volumes", "pvc-1", object -> {
            ((ObjectNode) object.get("metadata")).putObject("labels").put("team", "a");
            ((ObjectNode) object.path("metadata").path("annotations")).put("note", "mine");
        });

        refuses(ErrorCode.BUSY, () -> store.update(read, read.value().withSize(ByteSize.ofGibi(9))));
        store.change(Volume.class, "pvc-1", volume -> volume.withSize(ByteSize.ofGibi(9)));

        var metadata = server.get("volumes", "pvc-1").path("metadata");
        assertThat(metadata.path("labels").path("team").asText()).isEqualTo("a");
        assertThat(metadata.path("annotations").path("note").asText()).isEqualTo("mine");
    }

    @Test
    void anAnswerThatIsLostIsFoundOut() {
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        server.plan("PATCH", "pvc-1", FakeApiServer.Fault.ANSWER_LOST);

        Stored<Volume> written = store.update(read, read.value().withState(VolumeState.READY));

        assertThat(store.find(Volume.class, "pvc-1")).contains(written);
        server.plan("DELETE", "pvc-1", FakeApiServer.Fault.ANSWER_LOST);
        store.delete(Volume.class, "pvc-1");
        assertThat(store.find(Volume.class, "pvc-1")).isEmpty();
        // Nobody knows whether a creation was done: the caller looks.
        server.plan("POST", "volumes", FakeApiServer.Fault.ANSWER_LOST);
        refuses(ErrorCode.UNAVAILABLE, () -> store.create(volume(VolumeState.CREATING)));
        assertThat(store.find(Volume.class, "pvc-1")).isPresent();
    }

    @Test
    void aBusyServerIsAskedAgain() {
        server.plan("POST", "volumes", FakeApiServer.Fault.TOO_MANY);
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        server.plan("PATCH", "pvc-1", FakeApiServer.Fault.UNAVAILABLE);
        server.plan("PATCH", "pvc-1", FakeApiServer.Fault.UNAVAILABLE);

        store.update(read, read.value().withState(VolumeState.READY));

        assertThat(store.find(Volume.class, "pvc-1").orElseThrow().value().state())
                .isEqualTo(VolumeState.READY);
    }

    @Test
    void theMessageNamesTheMissingPermission() {
        server.plan("POST", "volumes", FakeApiServer.Fault.FORBIDDEN);

        assertThatThrownBy(() -> store.create(volume(VolumeState.CREATING)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("verb \"create\" on the resource \"volumes\" of the API group \"drover.io\"")
                .hasMessageContaining("User \"x\" cannot do this");
    }

    @Test
    void whatTheServerRefusesIsSaidInItsWords() {
        Stored<Volume> read = store.create(volume(VolumeState.CREATING));
        server.plan("PATCH", "pvc-1", FakeApiServer.Fault.INVALID);

        assertThatThrownBy(() -> store.update(read, read.value().withSize(ByteSize.ofGibi(9))))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("spec.size: Invalid value: -1");
        assertThat(store.find(Volume.class, "pvc-1")).contains(read);
    }

    @Test
    void aKindThatIsNotKnownIsNotAnAbsentRecord() {
        server.plan("GET", "pvc-7", FakeApiServer.Fault.NO_SUCH_KIND);

        assertThatThrownBy(() -> store.find(Volume.class, "pvc-7")).hasMessageContaining("charts/drover/crds");
    }

    @Test
    void withoutTheServerNothingIsAbsentAndNothingIsEmpty() {
        store.create(volume(VolumeState.CREATING));
        server.close();
        Awaitility.await().atMost(SOON).until(() -> !store.isSynced());

        assertThatThrownBy(() -> store.find(Volume.class, "pvc-2"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void changesOfOthersAreSeenAlsoAfterTheWatchWasLost() {
        store.create(volume(VolumeState.CREATING));
        server.dropWatches(false);
        server.edit("volumes", "pvc-1", object -> ((ObjectNode) object.get("status")).put("epoch", 7));
        awaitEpoch(7);

        server.dropWatches(true);
        server.edit("volumes", "pvc-1", object -> ((ObjectNode) object.get("status")).put("epoch", 8));
        awaitEpoch(8);

        server.dropWatches(true);
        server.remove("volumes", "pvc-1");
        Awaitility.await()
                .atMost(SOON)
                .until(() -> store.find(Volume.class, "pvc-1").isEmpty());
    }

    @Test
    void oneObjectThatIsNoRecordStopsNoOther() {
        Stored<Volume> good = store.create(volume(VolumeState.CREATING));
        server.put(
                "volumes",
                "{\"apiVersion\":\"drover.io/v1alpha1\",\"kind\":\"Volume\",\"metadata\":{\"name\":\"bad\"},"
                        + "\"spec\":{\"size\":1,\"shared\":true}}");

        Awaitility.await().atMost(SOON).until(() -> !store.unreadable().isEmpty());

        assertThat(store.unreadable()).singleElement().asString().contains("volumes.drover.io bad");
        refuses(ErrorCode.CORRUPT, () -> store.find(Volume.class, "bad"));
        refuses(ErrorCode.CORRUPT, () -> store.list(Volume.class));
        assertThat(store.listReadable(Volume.class)).containsExactly(good);
        assertThat(store.find(Volume.class, "pvc-1")).contains(good);
        store.delete(Volume.class, "bad");
        assertThat(store.list(Volume.class)).containsExactly(good);
    }

    @Test
    void aTargetThatAPersonMadeIsARecord() {
        server.put(
                "backuptargets",
                "{\"apiVersion\":\"drover.io/v1alpha1\",\"kind\":\"BackupTarget\",\"metadata\":{\"name\":\"default\"},"
                        + "\"spec\":{\"url\":\"s3://b@r/\",\"credentialSecret\":\"keys\"}}");

        BackupTarget target =
                store.find(BackupTarget.class, "default").orElseThrow().value();

        assertThat(target.url()).isEqualTo("s3://b@r/");
        assertThat(target.credentials()).isEqualTo("keys");
        assertThat(target.createdAt()).isAfter(Instant.now().minusSeconds(60));
    }

    private void awaitEpoch(long epoch) {
        Awaitility.await()
                .atMost(SOON)
                .until(() -> store.find(Volume.class, "pvc-1")
                        .filter(volume -> volume.value().epoch() == epoch)
                        .isPresent());
    }

    private void killedAt(String point, ThrowingCallable work) {
        faults = name -> {
            if (name.equals(point)) {
                throw new Killed();
            }
        };
        assertThatThrownBy(work).isInstanceOf(Killed.class);
        faults = FaultPoints.NONE;
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Volume volume(VolumeState state) {
        Volume any = new RandomRecords(3).volume("pvc-1");
        return new Volume(
                any.id(),
                ByteSize.ofGibi(1),
                any.parameters(),
                any.accessModes(),
                any.blockAllowed(),
                any.mountAllowed(),
                any.source(),
                state,
                any.placements(),
                any.attachment(),
                any.epoch(),
                any.blockBytes(),
                any.labels(),
                any.createdAt());
    }

    private static void refuses(ErrorCode code, ThrowingCallable work) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
