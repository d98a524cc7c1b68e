package io.drover.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.StorageServices;
import io.drover.controller.attachment.AttachmentRequest;
import io.drover.controller.attachment.Attachments;
import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.AccessMode;
import io.drover.core.model.NodeId;
import io.drover.core.model.Resource;
import io.drover.core.model.Volume;
import io.drover.core.store.InMemoryStore;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** For a moment there can be two controllers, when one has lost the lead: what guards them are the records alone. */
class TwoControllersTest {
    private final World world = new World();
    private final StorageServices other = world.another();

    @Test
    void bothCreateTheSameVolumeAndOneComesAgain() {
        // Given
        StorageServices late = world.another(new Interleaved(
                world.store, new AtomicReference<>(() -> other.creation().create(World.blank("v")))));

        // When, Then
        Expect.code(ErrorCode.BUSY, () -> late.creation().create(World.blank("v")), "call again");
        assertThat(world.create("v")).isEqualTo(other.creation().create(World.blank("v")));
        assertThat(world.recorded()).containsExactly("v:READY");
        assertThat(world.hosts.contents()).containsExactly("v");
    }

    @Test
    void givingUpDoesNotTakeAwayWhatTheOtherHasFinished() {
        // Given: recorded, and then both at the replica.
        world.hosts.failNext("createReplica", Moment.BEFORE, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> world.create("v"), "injected");
        world.hosts.meanwhile(() -> {
            other.creation().create(World.blank("v"));
            world.hosts.failNext("createReplica", Moment.BEFORE, ErrorCode.INVALID);
        });

        // When, Then
        Expect.code(ErrorCode.NOT_READY, () -> world.create("v"), "finished elsewhere");
        assertThat(world.recorded()).containsExactly("v:READY");
        assertThat(world.hosts.contents()).containsExactly("v");
    }

    @Test
    void givingUpASnapshotDoesNotTakeAwayWhatTheOtherHasFinished() {
        // Given
        world.create("v");
        world.hosts.failNext("createSnapshots", Moment.BEFORE, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> world.snapshot("v", "s"), "injected");
        world.hosts.meanwhile(() -> {
            other.snapshotCreation().create(World.csiSnapshot("v", "s"));
            world.hosts.failNext("createSnapshots", Moment.BEFORE, ErrorCode.INVALID);
        });

        // When, Then
        Expect.code(ErrorCode.NOT_READY, () -> world.snapshot("v", "s"), "finished elsewhere");
        assertThat(world.recorded()).containsExactly("v:READY", "v@s:READY");
        assertThat(world.hosts.contents()).containsExactly("v", "v@s");
    }

    @Test
    void theRecordDecidesWhoPublishes() {
        // Given
        world.create("v");
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Attachments late = attachments(meanwhile);
        AttachmentRequest writer = request(AccessMode.SINGLE_NODE_WRITER);
        AttachmentRequest reader = request(AccessMode.SINGLE_NODE_READER_ONLY);
        meanwhile.set(() -> other.attachments().publish(writer));

        // When, Then
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> late.publish(reader), "SINGLE_NODE_WRITER");
        assertThat(published().attachment().orElseThrow().accessMode()).isEqualTo(AccessMode.SINGLE_NODE_WRITER);
        assertThat(published().epoch()).isEqualTo(1);
    }

    @Test
    void bothPublishTheSameAndAnswerTheSameEpoch() {
        // Given
        world.create("v");
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        AttachmentRequest writer = request(AccessMode.SINGLE_NODE_WRITER);
        meanwhile.set(() -> other.attachments().publish(writer));

        // When
        Volume volume = attachments(meanwhile).publish(writer);

        // Then
        assertThat(volume).isEqualTo(published());
        assertThat(volume.epoch()).isEqualTo(1);
    }

    @Test
    void aVolumeThatIsBeingDeletedElsewhereIsNotPublished() {
        // Given
        world.create("v");
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        meanwhile.set(() -> {
            world.hosts.failNext("deleteReplica", Moment.BEFORE, ErrorCode.UNAVAILABLE);
            Expect.code(ErrorCode.UNAVAILABLE, () -> other.deletion().delete(World.volume("v")), "injected");
        });

        // When, Then
        Expect.code(
                ErrorCode.BUSY,
                () -> attachments(meanwhile).publish(request(AccessMode.SINGLE_NODE_WRITER)),
                "being deleted");
        assertThat(published().attachment()).isEmpty();
    }

    @Test
    void unpublishingTakesNothingFromALaterPublication() {
        // Given
        world.create("v");
        other.attachments().publish(request(AccessMode.SINGLE_NODE_WRITER));
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        meanwhile.set(() -> other.attachments().unpublish(World.volume("v"), Optional.empty()));

        // When
        attachments(meanwhile).unpublish(World.volume("v"), Optional.of(new NodeId(World.NODE)));

        // Then
        assertThat(published().attachment()).isEmpty();
        assertThat(other.attachments()
                        .publish(request(AccessMode.SINGLE_NODE_WRITER))
                        .epoch())
                .isEqualTo(2);
    }

    private Volume published() {
        return world.store.find(Volume.class, "v").orElseThrow().value();
    }

    private static AttachmentRequest request(AccessMode mode) {
        return new AttachmentRequest(World.volume("v"), new NodeId(World.NODE), mode, false);
    }

    /** A controller between whose reading and writing the other one acts, once. */
    private Attachments attachments(AtomicReference<Runnable> meanwhile) {
        return world.another(new Interleaved(world.store, meanwhile)).attachments();
    }

    private record Interleaved(InMemoryStore store, AtomicReference<Runnable> meanwhile) implements ResourceStore {
        @Override
        public <T extends Resource> Optional<Stored<T>> find(Class<T> kind, String key) {
            return store.find(kind, key);
        }

        @Override
        public <T extends Resource> List<Stored<T>> list(Class<T> kind) {
            return store.list(kind);
        }

        @Override
        public <T extends Resource> Stored<T> create(T value) {
            meanwhile.getAndSet(() -> {}).run();
            return store.create(value);
        }

        @Override
        public <T extends Resource> Stored<T> update(Stored<T> read, T next) {
            meanwhile.getAndSet(() -> {}).run();
            return store.update(read, next);
        }

        @Override
        public <T extends Resource> void delete(Class<T> kind, String key) {
            store.delete(kind, key);
        }
    }
}
