package io.drover.controller.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private final World world = new World();

    @BeforeEach
    void aVolume() {
        world.create("v");
    }

    private static SnapshotId id(String volume, String name) {
        return new SnapshotId(World.volume(volume), name);
    }

    @Test
    void takenSnapshotIsReadyAndTakingItAgainChangesNothing() {
        // When
        Snapshot first = world.snapshot("v", "s");
        world.clock.advance(java.time.Duration.ofMinutes(1));
        Snapshot second = world.snapshot("v", "s");

        // Then
        assertThat(first.state()).isEqualTo(SnapshotState.READY);
        assertThat(first.size()).isEqualTo(ByteSize.ofGibi(1));
        assertThat(second).isEqualTo(first);
    }

    @Test
    void nameIsUniqueOverAllVolumesForCsiAndPerVolumeForOthers() {
        // Given
        world.create("w");
        world.snapshot("v", "s");

        // When, Then
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> world.snapshot("w", "s"), "v");
        Snapshot byHand = world.services()
                .snapshotCreation()
                .create(new SnapshotSpecification(id("w", "s"), SnapshotOrigin.USER, Map.of()));
        assertThat(byHand.state()).isEqualTo(SnapshotState.READY);
        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services()
                        .snapshotCreation()
                        .create(new SnapshotSpecification(id("v", "s"), SnapshotOrigin.USER, Map.of())));
    }

    @Test
    void absentVolume() {
        Expect.code(ErrorCode.NOT_FOUND, () -> world.snapshot("none", "s"), "none");
    }

    @Test
    void aDiskAboveItsWatermarkTakesNoSnapshot() {
        // Given
        world.hosts.available(World.DISK, ByteSize.ofGibi(5));

        // When, Then
        Expect.code(ErrorCode.NO_SPACE, () -> world.snapshot("v", "s"), "minimal-available-percentage");
        assertThat(world.recorded()).containsExactly("v:READY");
    }

    @Test
    void aFinalFailureLeavesNothingAndALostAnswerIsFinishedByTheRepeat() {
        // Given
        world.hosts.failNext("createSnapshots", Moment.AFTER, ErrorCode.INTERNAL);
        Expect.code(ErrorCode.INTERNAL, () -> world.snapshot("v", "s"));
        assertThat(world.recorded()).containsExactly("v:READY");
        assertThat(world.hosts.contents()).containsExactly("v");
        world.hosts.failNext("createSnapshots", Moment.AFTER, ErrorCode.TIMEOUT);
        Expect.code(ErrorCode.TIMEOUT, () -> world.snapshot("v", "s"));

        // When
        Snapshot snapshot = world.snapshot("v", "s");

        // Then
        assertThat(snapshot.state()).isEqualTo(SnapshotState.READY);
    }

    @Test
    void secondCallerAtTheSameTimeIsToldSo() {
        // Given
        world.hosts.meanwhile(() -> {
            Expect.code(ErrorCode.BUSY, () -> world.snapshot("v", "s"));
            Expect.code(ErrorCode.BUSY, () -> world.snapshot("v", "other"));
            Expect.code(ErrorCode.BUSY, () -> world.services().deletion().delete(World.volume("v")));
        });

        // When, Then
        assertThat(world.snapshot("v", "s").state()).isEqualTo(SnapshotState.READY);
    }

    @Test
    void creationSurvivesACrashAnywhere() {
        World.crashEverywhere(
                world -> world.create("v"),
                world -> world.snapshot("v", "s"),
                world -> assertThat(world.recorded()).containsExactly("v:READY", "v@s:READY"));
    }

    @Test
    void deletionSurvivesACrashAnywhereAndTakesTheDeletedVolumeAlong() {
        World.crashEverywhere(
                world -> {
                    world.create("v");
                    world.snapshot("v", "s");
                    world.services().deletion().delete(World.volume("v"));
                },
                world -> world.services().snapshotDeletion().delete(id("v", "s")),
                world -> {
                    assertThat(world.recorded()).isEmpty();
                    assertThat(world.hosts.contents()).isEmpty();
                });
    }

    @Test
    void deletingAgainOrWhatNeverWasIsSuccess() {
        // Given
        world.snapshot("v", "s");

        // When
        world.services().snapshotDeletion().delete(id("v", "s"));
        world.services().snapshotDeletion().delete(id("v", "s"));
        world.services().snapshotDeletion().delete(id("none", "s"));

        // Then
        assertThat(world.recorded()).containsExactly("v:READY");
        assertThat(world.hosts.contents()).containsExactly("v");
    }

    @Test
    void snapshotOutlivesItsVolumeAndIsStillAnsweredAndRestored() {
        // Given
        world.hosts.write(World.replica("v"), 0, "data");
        Snapshot snapshot = world.snapshot("v", "s");
        world.services().deletion().delete(World.volume("v"));

        // When
        world.services()
                .creation()
                .create(World.specification(
                        "restored",
                        ByteSize.ofGibi(1),
                        new io.drover.core.model.VolumeSource.FromSnapshot(snapshot.id())));

        // Then
        assertThat(world.hosts.read(World.replica("restored"), 0)).isEqualTo("data");
        assertThat(world.snapshot("v", "s")).isEqualTo(snapshot);
    }

    @Test
    void snapshotsByHandGoWithTheVolume() {
        // Given
        world.services()
                .snapshotCreation()
                .create(new SnapshotSpecification(id("v", "mine"), SnapshotOrigin.USER, Map.of()));

        // When
        world.services().deletion().delete(World.volume("v"));

        // Then
        assertThat(world.recorded()).isEmpty();
        assertThat(world.hosts.contents()).isEmpty();
    }

    @Test
    void anUnfinishedSnapshotGoesWithTheVolumeAndItsRepeatLearnsSo() {
        // Given
        world.hosts.failNext("createSnapshots", Moment.AFTER, ErrorCode.TIMEOUT);
        Expect.code(ErrorCode.TIMEOUT, () -> world.snapshot("v", "s"));
        world.services().deletion().delete(World.volume("v"));

        // When, Then
        assertThat(world.recorded()).isEmpty();
        Expect.code(ErrorCode.NOT_FOUND, () -> world.snapshot("v", "s"), "v");
    }

    @Test
    void listsFilterAndPage() {
        // Given
        world.create("w");
        for (String name : new String[] {"a", "b", "c"}) {
            world.snapshot("v", name);
        }
        world.snapshot("w", "d");

        // When
        var queries = world.services().snapshotQueries();
        var first = queries.list(Optional.empty(), Optional.empty(), 2, "");
        world.services().snapshotDeletion().delete(id("v", "b"));
        var second = queries.list(Optional.empty(), Optional.empty(), 0, first.nextToken());

        // Then
        assertThat(first.items()).extracting(s -> s.id().name()).containsExactly("a", "b");
        assertThat(second.items()).extracting(s -> s.id().name()).containsExactly("c", "d");
        assertThat(second.nextToken()).isEmpty();
        assertThat(queries.list(Optional.of(World.volume("w")), Optional.empty(), 0, "")
                        .items())
                .hasSize(1);
        assertThat(queries.list(Optional.of(World.volume("none")), Optional.empty(), 0, "")
                        .items())
                .isEmpty();
        assertThat(queries.list(Optional.empty(), Optional.of(id("v", "a")), 0, "")
                        .items())
                .hasSize(1);
        assertThat(queries.list(Optional.empty(), Optional.of(id("v", "x")), 0, "")
                        .items())
                .isEmpty();
        Expect.code(ErrorCode.BUSY, () -> queries.list(Optional.empty(), Optional.empty(), 0, "bogus"));
        Expect.code(ErrorCode.INVALID, () -> queries.list(Optional.empty(), Optional.empty(), -1, ""));
    }
}
