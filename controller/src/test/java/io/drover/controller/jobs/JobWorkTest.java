package io.drover.controller.jobs;

import static io.drover.controller.jobs.JobWorld.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.backup.BackupSpecification;
import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts;
import io.drover.controller.fake.World;
import io.drover.controller.mover.Transfer;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.controller.volume.VolumeSpecification;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.ByteSize;
import io.drover.core.model.GroupId;
import io.drover.core.model.JobLabels;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobWorkTest {
    private static final String STORE = "file:///store";

    private final JobWorld jobs = new JobWorld();
    private final World world = jobs.world;

    @BeforeEach
    void aTarget() {
        var _ = world.services().backups().targets().add("default", STORE, Map.of());
        world.hosts.write(World.replica("data"), 0, "content");
    }

    private JobWork work() {
        return jobs.jobs().work();
    }

    private List<String> names(List<JobWork.Result> results) {
        return results.stream().map(JobWork.Result::name).toList();
    }

    private Snapshot record(String name) {
        return world.services().records().snapshot(new SnapshotId(DATA, name)).orElseThrow();
    }

    private void take(String job, String name) {
        world.clock.advance(Duration.ofSeconds(10));
        work().takeSnapshot(DATA, job, name, Map.of("team", "blue"));
    }

    private JobWork.UploadStatus backUp(String name) {
        return work().backUp(DATA, "bak", name, Map.of("team", "blue"), true);
    }

    @Test
    void aSnapshotCarriesTheLabelsOfItsJobAndIsTakenOnce() {
        // When
        take("snap", "snap-1");
        Snapshot taken = record("snap-1");
        take("snap", "snap-1");

        // Then
        assertThat(record("snap-1")).isEqualTo(taken);
        assertThat(taken.origin()).isEqualTo(SnapshotOrigin.JOB);
        assertThat(taken.labels()).containsExactlyInAnyOrderEntriesOf(Map.of("team", "blue", JobLabels.JOB, "snap"));
    }

    @Test
    void aSnapshotWhoseDeletionWasInterruptedIsTakenAnew() {
        // Given
        take("snap", "snap-1");
        world.hosts.failNext("deleteSnapshot", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> work().deleteSnapshot(DATA, "snap", "snap-1"));
        assertThat(record("snap-1").state()).isEqualTo(SnapshotState.DELETING);
        world.hosts.write(World.replica("data"), 0, "newer");

        // When
        take("snap", "snap-1");

        // Then
        assertThat(record("snap-1").state()).isEqualTo(SnapshotState.READY);
        assertThat(world.hosts.snapshotContent(World.replica("data"), "snap-1")).containsValue("newer");
    }

    @Test
    void sameIsOnlyWhatIsSurelySame() {
        take("snap", "snap-1");
        take("snap", "snap-2");
        assertThat(work().isSame(DATA, "snap-2", "snap-1")).isTrue();
        assertThat(work().isSame(DATA, "snap-2", "unknown")).isFalse();

        world.hosts.failNext("isSame", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);
        assertThat(work().isSame(DATA, "snap-2", "snap-1")).isFalse();

        world.hosts.write(World.replica("data"), 0, "other");
        take("snap", "snap-3");
        assertThat(work().isSame(DATA, "snap-3", "snap-1")).isFalse();
        Expect.code(ErrorCode.NOT_FOUND, () -> work().isSame(World.volume("gone"), "snap-2", "snap-1"), "gone");
    }

    @Test
    void onlyWhatTheJobMadeIsItsResult() {
        // Given the same names and labels from others
        take("snap", "snap-1");
        take("other", "snap-2");
        world.snapshot("data", "snap-3");
        var _ = world.services()
                .snapshotCreation()
                .create(new SnapshotSpecification(
                        new SnapshotId(DATA, "snap-4"), SnapshotOrigin.USER, Map.of(JobLabels.JOB, "snap")));
        take("bak", "bak-1");
        var _ = backUp("bak-1");

        // Then
        assertThat(names(work().snapshots(DATA, "snap"))).containsExactly("snap-1");
        assertThat(names(work().snapshots(DATA, "other"))).containsExactly("snap-2");
        assertThat(names(work().backups(DATA, "bak"))).containsExactly("bak-1");
        assertThat(names(work().backups(DATA, "snap"))).isEmpty();
    }

    @Test
    void whatTheJobHasNotMadeItDoesNotDelete() {
        // Given
        world.snapshot("data", "of-a-person");
        take("other", "snap-2");
        var _ = world.services()
                .snapshotCreation()
                .create(new SnapshotSpecification(
                        new SnapshotId(DATA, "labelled"), SnapshotOrigin.USER, Map.of(JobLabels.JOB, "snap")));
        take("bak", "bak-1");
        var _ = backUp("bak-1");
        List<String> before = world.recorded();

        // When, Then
        for (String name : List.of("of-a-person", "snap-2", "labelled")) {
            Expect.code(
                    ErrorCode.IN_USE,
                    () -> work().deleteSnapshot(DATA, "snap", name),
                    "cannot delete snapshot data/" + name + " for job snap: the job has not made it");
        }
        Expect.code(
                ErrorCode.IN_USE,
                () -> work().deleteBackup(DATA, "snap", "bak-1"),
                "cannot delete backup data/bak-1 for job snap: the job has not made it");
        assertThat(world.recorded()).isEqualTo(before);
        assertThat(world.movers.stored(STORE)).containsExactly("data/bak-1");
    }

    @Test
    void deletingIsRepeatedWithoutHarm() {
        take("snap", "snap-1");
        take("bak", "bak-1");
        var _ = backUp("bak-1");
        for (int i = 0; i < 2; i++) {
            work().deleteSnapshot(DATA, "snap", "snap-1");
            work().deleteBackup(DATA, "bak", "bak-1");
        }

        assertThat(names(work().snapshots(DATA, "snap"))).isEmpty();
        assertThat(names(work().backups(DATA, "bak"))).isEmpty();
        assertThat(world.movers.stored(STORE)).isEmpty();
    }

    @Test
    void theBaseOfTheNextBackupStays() {
        // Given
        take("bak", "bak-1");
        var _ = backUp("bak-1");
        take("bak", "bak-2");
        var _ = backUp("bak-2");

        // Then
        assertThat(work().snapshots(DATA, "bak"))
                .filteredOn(JobWork.Result::needed)
                .extracting(JobWork.Result::name)
                .containsExactly("bak-2");
        Expect.code(
                ErrorCode.IN_USE,
                () -> work().deleteSnapshot(DATA, "bak", "bak-2"),
                "cannot delete snapshot data/bak-2 for job bak: a backup is made from it, or the next one is to build on it");
        work().deleteSnapshot(DATA, "bak", "bak-1");
        assertThat(names(work().snapshots(DATA, "bak"))).containsExactly("bak-2");
    }

    @Test
    void whatIsBeingUploadedStays() {
        world.movers.hold();
        take("bak", "bak-1");
        assertThat(backUp("bak-1").state()).isEqualTo(BackupState.UPLOADING);

        Expect.code(ErrorCode.IN_USE, () -> work().deleteSnapshot(DATA, "bak", "bak-1"), "a backup is made from it");

        world.movers.release();
        assertThat(work().backUp(DATA, "bak", "bak-1", Map.of(), false).state()).isEqualTo(BackupState.READY);
    }

    @Test
    void aFailedUploadIsTriedAgainOnlyWhenToldTo() {
        // Given
        take("bak", "bak-1");
        world.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.UNAVAILABLE);
        JobWork.UploadStatus failed = backUp("bak-1");
        assertThat(failed.state()).isEqualTo(BackupState.FAILED);
        assertThat(failed.message()).contains("injected end");

        // When, Then
        int orders = world.movers.backupOrders().size();
        assertThat(work().backUp(DATA, "bak", "bak-1", Map.of(), false)).isEqualTo(failed);
        assertThat(world.movers.backupOrders()).hasSize(orders);
        assertThat(backUp("bak-1").state()).isEqualTo(BackupState.READY);
        assertThat(backUp("bak-1").bytes()).isPositive();
        assertThat(world.movers.backupOrders()).hasSize(orders + 1);
    }

    @Test
    void withoutATargetOrASnapshotNoBackupIsRecorded() {
        world.services().backups().targets().remove("default", false);
        take("bak", "bak-1");
        int before = world.recorded().size();

        Expect.code(ErrorCode.IN_USE, () -> backUp("bak-1"), "target");

        assertThat(world.recorded()).hasSize(before);
        assertThat(names(work().backups(DATA, "bak"))).isEmpty();
    }

    @Test
    void aBackupThatIsBeingDeletedIsNotMadeAgain() {
        take("bak", "bak-1");
        var _ = backUp("bak-1");
        world.movers.silence(STORE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> work().deleteBackup(DATA, "bak", "bak-1"));

        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> backUp("bak-1"),
                "cannot make backup data/bak-1: it is being deleted");

        world.movers.answer(STORE);
        work().deleteBackup(DATA, "bak", "bak-1");
        assertThat(world.movers.stored(STORE)).isEmpty();
    }

    /** A record of a snapshot with its copy on the host, as somebody left it. */
    private void left(String name, SnapshotOrigin origin, SnapshotState state, Instant when, boolean grouped) {
        var _ = world.services()
                .snapshotCreation()
                .create(new SnapshotSpecification(new SnapshotId(DATA, name), origin, Map.of()));
        world.store.delete(Snapshot.class, Snapshot.key(new SnapshotId(DATA, name)));
        var _ = world.store.create(new Snapshot(
                new SnapshotId(DATA, name),
                state,
                origin,
                ByteSize.ofGibi(1),
                grouped ? Optional.of(new GroupId("g")) : Optional.empty(),
                Map.of(),
                when));
    }

    @ParameterizedTest
    @EnumSource(SnapshotOrigin.class)
    void cleaningUpTakesWhatDroverTookForItselfOnly(SnapshotOrigin origin) {
        // Given
        Instant old = jobs.now().minus(Duration.ofDays(1)).minusSeconds(1);
        Instant fresh = jobs.now().minus(Duration.ofDays(1)).plusSeconds(1);
        left("old", origin, SnapshotState.READY, old, false);
        left("fresh", origin, SnapshotState.READY, fresh, false);
        left("half-made", origin, SnapshotState.CREATING, old, false);
        left("of-a-group", origin, SnapshotState.READY, old, true);

        // When
        int deleted = work().cleanUp(DATA);

        // Then
        List<String> left = world.services().records().snapshots(DATA).stream()
                .map(snapshot -> snapshot.id().name())
                .toList();
        switch (origin) {
            case BACKUP -> assertThat(left).containsExactly("half-made", "of-a-group");
            case SAFETY -> assertThat(left).containsExactly("fresh", "half-made", "of-a-group");
            case CSI, USER, JOB -> assertThat(left).containsExactly("fresh", "half-made", "of-a-group", "old");
        }
        assertThat(deleted).isEqualTo(4 - left.size());
        assertThat(work().cleanUp(DATA)).as("again").isZero();
    }

    @Test
    void cleaningUpLeavesTheBaseAndWhatIsUploaded() {
        // Given a backup of a person's, whose snapshot Drover took itself
        var _ = world.services()
                .backups()
                .creation()
                .create(
                        new BackupSpecification(
                                new BackupId(DATA, "by-hand"),
                                BackupOrigin.USER,
                                "",
                                "",
                                BackupMode.INCREMENTAL,
                                Map.of()),
                        Map.of());
        assertThat(record("by-hand").origin()).isEqualTo(SnapshotOrigin.BACKUP);

        // When, Then
        assertThat(work().cleanUp(DATA)).isZero();
        assertThat(record("by-hand").state()).isEqualTo(SnapshotState.READY);
        Expect.code(ErrorCode.NOT_FOUND, () -> work().cleanUp(World.volume("gone")), "gone");
    }

    @Test
    void aFailureInTheMiddleOfCleaningUpIsAnErrorAndTheNextTimeGoesOn() {
        left("one", SnapshotOrigin.BACKUP, SnapshotState.READY, jobs.now(), false);
        left("two", SnapshotOrigin.BACKUP, SnapshotState.READY, jobs.now(), false);
        world.hosts.failNext("deleteSnapshot", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);

        Expect.code(ErrorCode.UNAVAILABLE, () -> work().cleanUp(DATA));

        assertThat(work().cleanUp(DATA)).isEqualTo(2);
        assertThat(world.hosts.contents()).containsExactly("data");
    }

    @Test
    void trimmingSaysHowMuchOrWhyNot() {
        // Detached
        assertThat(work().trim(DATA))
                .isEqualTo(new JobWork.TrimOutcome(0, "no file system of the volume is mounted for writing"));

        // Mounted
        jobs.attach("data", false);
        world.hosts.attach(World.replica("data"));
        assertThat(work().trim(DATA)).isEqualTo(new JobWork.TrimOutcome(1 << 20, ""));

        // A host that does not answer is no reason to say that there is nothing
        world.hosts.failNext("trim", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);
        Expect.code(ErrorCode.UNAVAILABLE, () -> work().trim(DATA));
        Expect.code(ErrorCode.NOT_FOUND, () -> work().trim(World.volume("gone")), "gone");
    }

    @Test
    void aRawBlockDeviceIsNotTrimmed() {
        VolumeSpecification blank = World.blank("raw");
        var _ = world.services()
                .creation()
                .create(new VolumeSpecification(
                        blank.id(),
                        blank.size(),
                        blank.parameters(),
                        false,
                        blank.accessModes(),
                        true,
                        false,
                        blank.source(),
                        Set.of(),
                        List.of()));
        jobs.attach("raw", true);
        world.hosts.attach(World.replica("raw"));

        assertThat(work().trim(blank.id()).skipped()).contains("raw block device");
        assertThat(world.hosts.calls()).doesNotContain("trim");
    }
}
