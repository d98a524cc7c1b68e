package io.drover.controller.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.GroupId;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.VolumeId;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupSnapshotsTest {
    private static final GroupId GROUP = new GroupId("g");
    private static final List<VolumeId> SOURCES = List.of(World.volume("a"), World.volume("b"));
    private final World world = new World();

    @BeforeEach
    void twoVolumes() {
        given(world);
    }

    private static void given(World world) {
        world.create("a");
        world.create("b");
    }

    private GroupView create() {
        return world.services().groups().create(GROUP, SOURCES);
    }

    @Test
    void groupIsTakenByOneQuestionToTheHost() {
        // When
        GroupView view = create();

        // Then
        assertThat(view.group().state()).isEqualTo(SnapshotState.READY);
        assertThat(view.snapshots()).extracting(Snapshot::state).containsOnly(SnapshotState.READY);
        assertThat(view.snapshots()).extracting(s -> s.group().orElseThrow()).containsOnly(GROUP);
        assertThat(Collections.frequency(world.hosts.calls(), "createSnapshots"))
                .isEqualTo(1);
        assertThat(create()).isEqualTo(view);
    }

    @Test
    void wrongRequests() {
        // Given
        create();
        world.create("c");

        // When, Then
        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services().groups().create(GROUP, List.of(World.volume("a"), World.volume("c"))));
        Expect.code(ErrorCode.INVALID, () -> world.services().groups().create(new GroupId("h"), List.of()));
        Expect.code(
                ErrorCode.INVALID,
                () -> world.services()
                        .groups()
                        .create(new GroupId("h"), List.of(World.volume("a"), World.volume("a"))));
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services()
                        .groups()
                        .create(new GroupId("h"), List.of(World.volume("a"), World.volume("none"))),
                "none");
        assertThat(world.recorded())
                .containsExactly("a:READY", "b:READY", "c:READY", "a@g:READY", "b@g:READY", "group g:READY");
    }

    @Test
    void volumesOfTwoHostsCannotBeStoppedTogether() {
        // Given
        world.hosts.disk("node-2", "disk-2", ByteSize.ofGibi(900));
        world.create("far");

        // When, Then
        Expect.code(
                ErrorCode.IN_USE,
                () -> world.services().groups().create(GROUP, List.of(World.volume("a"), World.volume("far"))),
                "node-2");
    }

    @Test
    void memberIsNotDeletedAloneAndGoesWithTheGroup() {
        // Given
        GroupView view = create();

        // When, Then
        Expect.code(
                ErrorCode.INVALID,
                () -> world.services()
                        .snapshotDeletion()
                        .delete(view.snapshots().getFirst().id()),
                "g");
        Expect.code(
                ErrorCode.INVALID,
                () -> world.services().groups().delete(GROUP, Set.of(new SnapshotId(World.volume("a"), "x"))));
        Expect.code(
                ErrorCode.INVALID,
                () -> world.services().groups().get(GROUP, Set.of(new SnapshotId(World.volume("a"), "x"))));

        // When
        world.services().groups().delete(GROUP, Set.of());
        world.services().groups().delete(GROUP, Set.of());

        // Then
        assertThat(world.recorded()).containsExactly("a:READY", "b:READY");
        Expect.code(ErrorCode.NOT_FOUND, () -> world.services().groups().get(GROUP, Set.of()), "g");
    }

    @Test
    void aFinalFailureLeavesNoMember() {
        // Given
        world.hosts.failNext("createSnapshots", Moment.AFTER, ErrorCode.NO_SPACE);

        // When, Then
        Expect.code(ErrorCode.NO_SPACE, this::create);
        assertThat(world.recorded()).containsExactly("a:READY", "b:READY");
        assertThat(world.hosts.contents()).containsExactly("a", "b");
    }

    @Test
    void creationSurvivesACrashAnywhere() {
        World.crashEverywhere(
                GroupSnapshotsTest::given,
                world -> world.services().groups().create(GROUP, SOURCES),
                world -> assertThat(world.recorded())
                        .containsExactly("a:READY", "b:READY", "a@g:READY", "b@g:READY", "group g:READY"));
    }

    @Test
    void membersOfAnInterruptedAttemptAreTakenAnewTogether() {
        // Given: an attempt of which the host finished one member only
        world.hosts.failNext("createSnapshots", Moment.AFTER, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, this::create);
        world.hosts.deleteSnapshot(World.replica("b"), "g");
        world.hosts.write(World.replica("a"), 0, "later");
        world.clock.advance(java.time.Duration.ofMinutes(1));

        // When
        GroupView view = create();

        // Then
        assertThat(view.snapshots()).extracting(Snapshot::createdAt).containsOnly(world.clock.instant());
    }

    @Test
    void deletionSurvivesACrashAnywhere() {
        World.crashEverywhere(
                world -> {
                    given(world);
                    world.services().groups().create(GROUP, SOURCES);
                    world.services().deletion().delete(World.volume("b"));
                },
                world -> world.services().groups().delete(GROUP, Set.of()),
                world -> {
                    assertThat(world.recorded()).containsExactly("a:READY");
                    assertThat(world.hosts.contents()).containsExactly("a");
                });
    }
}
