package io.drover.controller.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.World;
import io.drover.controller.mover.Transfer;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupLabels;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.ByteSize;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupsTest {
    private static final String URL = "s3://bucket@region/path/";
    private static final Map<String, String> KEYS = Map.of("AWS_SECRET_ACCESS_KEY", "hunter2");

    private final World world = new World();

    private static void givenVolumeAndTarget(World world) {
        world.create("pvc-1");
        world.hosts.write(World.replica("pvc-1"), 0, "data");
        var _ = world.services().backups().targets().add("default", URL, KEYS);
    }

    private static BackupSpecification backup(String name) {
        return new BackupSpecification(id(name), BackupOrigin.CSI, "", "", BackupMode.INCREMENTAL, Map.of("k", "v"));
    }

    private static BackupId id(String name) {
        return new BackupId(World.volume("pvc-1"), name);
    }

    private static BackupProgress create(World world, String name) {
        return world.services().backups().creation().create(backup(name), Map.of());
    }

    private static void delete(World world, String name) {
        world.services().backups().deletion().delete(id(name), "", Map.of());
    }

    private static List<String> finish(World world) {
        return world.services().interruptedWork().finish();
    }

    @Test
    void aBackupIsSnapshotThenUploadAndCarriesWhatARestoreNeeds() {
        // Given
        givenVolumeAndTarget(world);

        // When
        Backup made = create(world, "backup-1").backup();

        // Then
        assertThat(made.state()).isEqualTo(BackupState.READY);
        assertThat(made.target()).isEqualTo("default");
        assertThat(made.size()).isEqualTo(ByteSize.ofGibi(1));
        assertThat(made.facts().orElseThrow().storedBytes()).isEqualTo(ByteSize.STEP.bytes());
        assertThat(made.labels())
                .containsEntry("k", "v")
                .containsEntry(BackupLabels.BLOCK_SIZE, "4096")
                .containsEntry(BackupLabels.FILE_SYSTEM, "ext4");
        assertThat(world.movers.stored(URL)).containsExactly("pvc-1/backup-1");
        assertThat(world.movers.backupOrders().getFirst().target().credentials())
                .isEqualTo(KEYS);
        assertThat(world.movers.backupOrders().getFirst().toString()).doesNotContain("hunter2");
        assertThat(made.toString()).doesNotContain("hunter2");

        // And again: nothing new
        assertThat(create(world, "backup-1").backup()).isEqualTo(made);
        assertThat(world.movers.backupOrders()).hasSize(1);
    }

    @Test
    void onlyTheNewestBackupsSnapshotStaysAsBase() {
        givenVolumeAndTarget(world);
        world.snapshot("pvc-1", "of-user");
        for (int i = 1; i <= 3; i++) {
            world.clock.advance(Duration.ofSeconds(10));
            create(world, "backup-" + i);
        }

        assertThat(world.hosts.contents()).containsExactly("pvc-1", "pvc-1@backup-3", "pvc-1@of-user");
        assertThat(world.movers.stored(URL)).hasSize(3);
        assertThat(world.movers.backupOrders().getLast().local())
                .extracting(snapshot -> snapshot.name())
                .containsExactly("backup-2", "backup-3", "of-user");

        // The base of each target is its own
        var _ = world.services().backups().targets().add("second", "file:///other", Map.of());
        world.clock.advance(Duration.ofSeconds(10));
        var _ = world.services()
                .backups()
                .creation()
                .create(
                        new BackupSpecification(
                                id("backup-4"), BackupOrigin.USER, "", "second", BackupMode.FULL, Map.of()),
                        Map.of());
        assertThat(world.hosts.contents()).contains("pvc-1@backup-3", "pvc-1@backup-4");

        // And goes with its backup
        delete(world, "backup-3");
        assertThat(world.hosts.contents()).containsExactly("pvc-1", "pvc-1@backup-4", "pvc-1@of-user");
    }

    @Test
    void ofBackupsThatEndInTheSameSecondAllSnapshotsStayUntilALaterOne() {
        givenVolumeAndTarget(world);
        create(world, "backup-1");
        create(world, "backup-2");

        assertThat(world.hosts.contents()).containsExactly("pvc-1", "pvc-1@backup-1", "pvc-1@backup-2");

        world.clock.advance(Duration.ofSeconds(1));
        create(world, "backup-3");
        assertThat(world.hosts.contents()).containsExactly("pvc-1", "pvc-1@backup-3");
    }

    @Test
    void anExistingSnapshotIsUploadedAndStays() {
        givenVolumeAndTarget(world);
        world.snapshot("pvc-1", "of-user");
        BackupSpecification wanted = new BackupSpecification(
                id("backup-1"), BackupOrigin.USER, "of-user", "", BackupMode.INCREMENTAL, Map.of());

        var _ = world.services().backups().creation().create(wanted, Map.of());
        delete(world, "backup-1");

        assertThat(world.hosts.contents()).containsExactly("pvc-1", "pvc-1@of-user");
        Expect.code(
                ErrorCode.NOT_FOUND,
                () -> world.services()
                        .backups()
                        .creation()
                        .create(
                                new BackupSpecification(
                                        id("backup-2"),
                                        BackupOrigin.USER,
                                        "none",
                                        "",
                                        BackupMode.INCREMENTAL,
                                        Map.of()),
                                Map.of()),
                "none");
        assertThat(world.recorded()).noneMatch(record -> record.startsWith("backup"));
    }

    @Test
    void whatIsUnderWayIsAnswerAndTheSameCallFindsItsEnd() {
        givenVolumeAndTarget(world);
        world.movers.hold();

        BackupProgress begun = create(world, "backup-1");
        assertThat(begun.begun()).isTrue();
        assertThat(begun.backup().state()).isEqualTo(BackupState.UPLOADING);
        assertThat(begun.transfer().orElseThrow().progress().toString()).startsWith("40 %");
        assertThat(create(world, "backup-1").begun()).isFalse();

        world.movers.release();
        assertThat(create(world, "backup-1").backup().state()).isEqualTo(BackupState.READY);
    }

    @Test
    void volumeAndSnapshotStayWhileTheyAreUploaded() {
        givenVolumeAndTarget(world);
        world.movers.hold();
        create(world, "backup-1");

        Expect.code(
                ErrorCode.NOT_READY, () -> world.services().deletion().delete(World.volume("pvc-1")), "pvc-1/backup-1");
        Expect.code(
                ErrorCode.NOT_READY,
                () -> world.services().snapshotDeletion().delete(new SnapshotId(World.volume("pvc-1"), "backup-1")),
                "pvc-1/backup-1");
        Expect.code(
                ErrorCode.NOT_READY, () -> world.services().backups().targets().remove("default", true), "uploaded");

        // Deleting the backup cancels
        delete(world, "backup-1");
        world.services().deletion().delete(World.volume("pvc-1"));
        assertThat(world.recorded()).isEmpty();
        assertThat(world.hosts.contents()).isEmpty();
        assertThat(world.movers.stored(URL)).isEmpty();
    }

    @Test
    void deletingTheVolumeLeavesItsBackups() {
        givenVolumeAndTarget(world);
        create(world, "backup-1");

        world.services().deletion().delete(World.volume("pvc-1"));

        assertThat(world.hosts.contents()).isEmpty();
        assertThat(world.recorded()).containsExactly("backup pvc-1@backup-1:READY");
        delete(world, "backup-1");
        assertThat(world.recorded()).isEmpty();
        assertThat(world.movers.stored(URL)).isEmpty();
    }

    @Test
    void aFailedUploadSaysWhyAndTheSameCallTriesAgain() {
        givenVolumeAndTarget(world);
        world.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.IN_USE);

        Backup failed = create(world, "backup-1").backup();
        assertThat(failed.state()).isEqualTo(BackupState.FAILED);
        assertThat(failed.failure().orElseThrow().code()).isEqualTo(ErrorCode.IN_USE);
        assertThat(world.hosts.contents()).contains("pvc-1@backup-1");

        BackupProgress again = create(world, "backup-1");
        assertThat(again.backup().state()).isEqualTo(BackupState.READY);
        assertThat(again.backup().failure()).isEmpty();
    }

    @Test
    void aFailureThatNobodySawIsToldBeforeItIsTriedAgain() {
        givenVolumeAndTarget(world);
        world.movers.hold();
        create(world, "backup-1");
        world.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.IN_USE);
        world.movers.release();

        assertThat(create(world, "backup-1").backup().state()).isEqualTo(BackupState.FAILED);
        assertThat(create(world, "backup-1").backup().state()).isEqualTo(BackupState.READY);
    }

    @Test
    void aBackupThatTheMoverRefusesLeavesNothing() {
        givenVolumeAndTarget(world);
        world.movers.putForeign(URL, "pvc-1", "backup-1", ByteSize.ofGibi(1), "theirs");

        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> create(world, "backup-1"), "backup-1");

        assertThat(world.recorded()).containsExactly("pvc-1:READY");
        assertThat(world.hosts.contents()).containsExactly("pvc-1");
        assertThat(world.movers.stored(URL)).containsExactly("pvc-1/backup-1");
    }

    @Test
    void aBackupOfSomebodyElsesIsNotDeletedForOneOfOurs() {
        // Given a record whose name somebody else took in the store
        givenVolumeAndTarget(world);
        world.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.IN_USE);
        create(world, "backup-1");
        world.movers.putForeign(URL, "pvc-1", "backup-1", ByteSize.ofGibi(1), "theirs");

        delete(world, "backup-1");

        assertThat(world.movers.stored(URL)).containsExactly("pvc-1/backup-1");
        assertThat(world.recorded()).containsExactly("pvc-1:READY");
    }

    @Test
    void norOneOfAnEarlierVolumeOfTheSameName() {
        // Given a backup of this name and of a snapshot of this name, which was taken at another time
        givenVolumeAndTarget(world);
        create(world, "backup-1");
        world.services().deletion().delete(World.volume("pvc-1"));
        world.services().backups().targets().remove("default", true);
        world.clock.advance(Duration.ofMinutes(1));
        givenVolumeAndTarget(world);
        world.movers.endNext(Transfer.Kind.BACKUP, ErrorCode.EXISTS_DIFFERENT);
        assertThat(create(world, "backup-1").backup().state()).isEqualTo(BackupState.FAILED);

        delete(world, "backup-1");

        assertThat(world.movers.stored(URL)).containsExactly("pvc-1/backup-1");
    }

    @Test
    void withoutItsTargetABackupSaysHowToAddOne() {
        world.create("pvc-1");

        Expect.code(ErrorCode.IN_USE, () -> create(world, "backup-1"), "drover target add default", "type: snap");

        assertThat(world.recorded()).containsExactly("pvc-1:READY");
        assertThat(world.hosts.contents()).containsExactly("pvc-1");
    }

    @Test
    void aStoreThatDoesNotAnswerDeletesNothing() {
        givenVolumeAndTarget(world);
        create(world, "backup-1");
        world.movers.silence(URL);

        Expect.code(ErrorCode.UNAVAILABLE, () -> delete(world, "backup-1"));
        Expect.code(ErrorCode.UNAVAILABLE, () -> delete(world, "backup-of-nobody"));

        assertThat(world.recorded()).contains("backup pvc-1@backup-1:DELETING");
        assertThat(world.hosts.contents()).contains("pvc-1@backup-1");
        world.movers.answer(URL);
        delete(world, "backup-1");
        assertThat(world.recorded()).containsExactly("pvc-1:READY");
    }

    @Test
    void namesAreUniqueAsCsiAsks() {
        givenVolumeAndTarget(world);
        world.create("pvc-2");
        create(world, "backup-1");
        world.snapshot("pvc-1", "snap-1");

        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services()
                        .backups()
                        .creation()
                        .create(
                                new BackupSpecification(
                                        new BackupId(World.volume("pvc-2"), "backup-1"),
                                        BackupOrigin.CSI,
                                        "",
                                        "",
                                        BackupMode.INCREMENTAL,
                                        Map.of()),
                                Map.of()),
                "pvc-1/backup-1");
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> create(world, "snap-1"), "snap-1");
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> world.snapshot("pvc-2", "backup-1"), "backup");
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> world.snapshot("pvc-1", "backup-1"), "backup");
        Expect.code(
                ErrorCode.EXISTS_DIFFERENT,
                () -> world.services()
                        .backups()
                        .creation()
                        .create(
                                new BackupSpecification(
                                        id("backup-1"), BackupOrigin.CSI, "", "", BackupMode.FULL, Map.of("k", "v")),
                                Map.of()),
                "mode");
        assertThat(world.services()
                        .records()
                        .snapshot(new SnapshotId(World.volume("pvc-1"), "backup-1"))
                        .orElseThrow()
                        .origin())
                .isEqualTo(SnapshotOrigin.BACKUP);
    }

    @Test
    void aCrashAnywhereInABackupIsFinishedByTheSameCall() {
        List<String> points =
                World.crashEverywhere(BackupsTest::givenVolumeAndTarget, each -> create(each, "backup-1"), each -> {
                    assertThat(each.recorded())
                            .containsExactly("pvc-1:READY", "pvc-1@backup-1:READY", "backup pvc-1@backup-1:READY");
                    assertThat(each.hosts.contents()).containsExactly("pvc-1", "pvc-1@backup-1");
                    assertThat(each.movers.stored(URL)).containsExactly("pvc-1/backup-1");
                });

        assertThat(points)
                .contains(
                        "backup-create.recorded",
                        "backup-create.snapshot-taken",
                        "backup-create.uploading",
                        "backup-create.started",
                        "backup-create.ready");
    }

    /** Its configuration goes first: without it the store's blocks are still to be removed. */
    @Test
    void aDeletionThatWasInterruptedInTheStoreIsContinuedThere() {
        givenVolumeAndTarget(world);
        create(world, "backup-1");
        create(world, "backup-2");
        world.movers.lose(URL, id("backup-2"));

        delete(world, "backup-2");

        assertThat(world.movers.remembered()).containsExactly("backup-1");
        assertThat(world.recorded()).doesNotContain("backup pvc-1@backup-2:READY");
    }

    @Test
    void theStoreIsToldWhichOtherBackupsMustBeThere() {
        givenVolumeAndTarget(world);
        for (String name : List.of("backup-1", "backup-2", "backup-3")) {
            create(world, name);
        }
        BackupSpecification elsewhere = new BackupSpecification(
                id("backup-4"), BackupOrigin.CSI, "", "s3://theirs@region/", BackupMode.INCREMENTAL, Map.of());
        var _ = world.services().backups().creation().create(elsewhere, KEYS);

        delete(world, "backup-2");

        assertThat(world.movers.remembered()).containsExactlyInAnyOrder("backup-1", "backup-3");
    }

    @Test
    void aCrashAnywhereInADeletionIsFinishedByTheSameCall() {
        List<String> points = World.crashEverywhere(
                each -> {
                    givenVolumeAndTarget(each);
                    each.movers.hold();
                    create(each, "backup-1");
                },
                each -> delete(each, "backup-1"),
                each -> {
                    assertThat(each.recorded()).containsExactly("pvc-1:READY");
                    assertThat(each.hosts.contents()).containsExactly("pvc-1");
                });

        assertThat(points).contains("backup-delete.recorded", "backup-delete.cancelled", "backup-delete.removed");
    }

    @Test
    void theNextStartContinuesUploadsAndFinishesDeletions() {
        // Given
        givenVolumeAndTarget(world);
        create(world, "backup-1");
        world.movers.hold();
        create(world, "backup-2");
        world.movers.silence(URL);
        Expect.code(ErrorCode.UNAVAILABLE, () -> delete(world, "backup-1"));

        // When both processes end, and come again
        world.movers.restart();
        world.movers.release();
        world.movers.answer(URL);
        world.restart();
        List<String> failures = finish(world);

        // Then
        assertThat(failures).isEmpty();
        assertThat(world.recorded()).contains("backup pvc-1@backup-2:READY").doesNotContain("backup pvc-1@backup-1");
        assertThat(world.movers.stored(URL)).containsExactly("pvc-1/backup-2");
    }

    @Test
    void anUploadWithTheCallersOwnKeysWaitsForTheCaller() {
        givenVolumeAndTarget(world);
        world.movers.hold();
        BackupSpecification wanted = new BackupSpecification(
                id("backup-1"), BackupOrigin.CSI, "", "s3://theirs@region/", BackupMode.INCREMENTAL, Map.of());
        var _ = world.services().backups().creation().create(wanted, KEYS);
        world.movers.restart();
        world.movers.release();
        world.restart();

        assertThat(finish(world)).isEmpty();
        assertThat(world.movers.stored("s3://theirs@region/")).isEmpty();

        assertThat(world.services()
                        .backups()
                        .creation()
                        .create(wanted, KEYS)
                        .backup()
                        .state())
                .isEqualTo(BackupState.READY);
        assertThat(world.movers.backupOrders().getLast().target().credentials()).isEqualTo(KEYS);
    }

    @Test
    void aCancelledBackupHasFailedAndItsRequestContinuesIt() {
        givenVolumeAndTarget(world);
        world.movers.hold();
        Transfer transfer = create(world, "backup-1").transfer().orElseThrow();

        Transfer cancelled = world.services().backups().transfers().cancel(transfer.id(), Optional.empty());

        assertThat(cancelled.state()).isEqualTo(Transfer.State.CANCELLED);
        assertThat(create(world, "backup-1").backup().state()).isEqualTo(BackupState.FAILED);
        world.movers.release();
        assertThat(create(world, "backup-1").backup().state()).isEqualTo(BackupState.READY);
    }

    @ParameterizedTest
    @CsvSource({
        "Upper, s3://b@r/, INVALID, lower-case",
        "default, b@r, INVALID, s3://",
        "default, ftp://b@r/, INVALID, ftp",
        "default, cifs://host/share, UNSUPPORTED, cifs",
        "default, s3://user:hunter2@host/, INVALID, password",
        "default, s3://b@r/?backup=x&volume=y, INVALID, backup="
    })
    void aTargetThatCannotBeIsRefused(String name, String url, ErrorCode code, String word) {
        Expect.code(code, () -> world.services().backups().targets().add(name, url, KEYS), word);
        assertThat(world.services().backups().targets().list()).isEmpty();
        assertThat(world.credentials.find("default")).isEmpty();
    }

    @Test
    void aTargetIsAddedGivenNewKeysAndRemoved() {
        BackupTargets targets = world.services().backups().targets();
        var added = targets.add("default", URL, KEYS);

        assertThat(added.toString()).doesNotContain("hunter2");
        assertThat(targets.add("default", "s3://bucket@region/path", Map.of("AWS_ACCESS_KEY_ID", "x")))
                .isEqualTo(added);
        assertThat(world.credentials.find("default")).contains(Map.of("AWS_ACCESS_KEY_ID", "x"));
        Expect.code(ErrorCode.EXISTS_DIFFERENT, () -> targets.add("default", "s3://other@region/", KEYS), URL);

        world.create("pvc-1");
        create(world, "backup-1");
        Expect.code(ErrorCode.IN_USE, () -> targets.remove("default", false), "pvc-1/backup-1");
        targets.remove("default", true);
        targets.remove("default", true);
        assertThat(targets.list()).isEmpty();
        assertThat(world.credentials.find("default")).isEmpty();
        assertThat(world.recorded()).noneMatch(record -> record.startsWith("backup"));
        assertThat(world.movers.stored(URL)).containsExactly("pvc-1/backup-1");
    }

    @Test
    void theStoresOwnBackupsAreListedBesideTheRecords() {
        givenVolumeAndTarget(world);
        create(world, "backup-1");
        world.movers.putForeign(URL, "pvc-9", "theirs", ByteSize.ofMebi(20), "x");

        assertThat(world.services().backups().queries().list(Optional.empty(), Optional.empty()))
                .hasSize(1);
        List<BackupView> all = world.services().backups().queries().listStored(Optional.empty(), Optional.empty());
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().stored()).isPresent();
        assertThat(all.getLast().backup()).isEmpty();
        assertThat(world.services()
                        .backups()
                        .queries()
                        .listStored(Optional.of(World.volume("pvc-7")), Optional.empty()))
                .isEmpty();
        world.movers.failNext("backups", ErrorCode.CORRUPT);
        assertThat(world.services().backups().queries().listStored(Optional.empty(), Optional.empty()))
                .filteredOn(view -> view.backup().isEmpty())
                .anySatisfy(view ->
                        assertThat(view.stored().orElseThrow().problem()).isNotEmpty());
        world.movers.silence(URL);
        Expect.code(
                ErrorCode.UNAVAILABLE,
                () -> world.services().backups().queries().listStored(Optional.empty(), Optional.empty()));
    }
}
