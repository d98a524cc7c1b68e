package io.drover.controller.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.World;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.BackupTarget.TargetReport;
import io.drover.core.model.ByteSize;
import io.drover.core.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetChecksTest {
    private static final String URL = "s3://bucket@region/path/";

    private final World world = new World();

    @BeforeEach
    void target() {
        var _ = world.services().backups().targets().add("default", URL, Map.of("AWS_SECRET_ACCESS_KEY", "hunter2"));
    }

    @Test
    void aTargetThatAnswersIsAvailable() {
        reconcile();

        assertThat(report()).isEqualTo(new TargetReport(true, "Available", "", world.clock.instant()));
    }

    @Test
    void aTargetThatDoesNotSaysWhyInItsWordsAndIsAskedAgainSoon() {
        world.movers.silence(URL);
        reconcile();
        assertThat(report().available()).isFalse();
        assertThat(report().reason()).isEqualTo("Unavailable");
        assertThat(report().message()).contains(URL);

        world.movers.answer(URL);
        reconcile();
        assertThat(report().available()).as("not asked in each round").isFalse();

        world.clock.advance(Duration.ofMinutes(2));
        reconcile();
        assertThat(report().available()).isTrue();
    }

    @Test
    void missingCredentialsAreTheReason() {
        world.credentials.delete("default");

        reconcile();

        assertThat(report().available()).isFalse();
        assertThat(report().reason()).isEqualTo("Misconfigured");
        assertThat(report().message())
                .contains("the credentials of backup target default")
                .doesNotContain("hunter2");
    }

    @Test
    void aChangedTargetIsAskedAtOnce() {
        reconcile();
        world.movers.silence("s3://other@region/");
        world.store.change(
                BackupTarget.class,
                "default",
                now -> new BackupTarget(
                        now.name(), "s3://other@region/", now.credentials(), now.report(), now.createdAt()));

        reconcile();

        assertThat(report().available()).isFalse();
    }

    @Test
    void whatLiesInAStoreIsRecordedAndStaysWhenItIsNotListedAnyMore() {
        world.movers.putForeign(URL, "pvc-9", "backup-9", ByteSize.ofGibi(2), "theirs");
        world.movers.putForeign(URL, "pvc-9", "backup-8", ByteSize.ofGibi(2), "damaged");
        world.movers.damage(URL, "pvc-9", "backup-8", "a block is missing");

        reconcile();

        assertThat(backups()).singleElement().satisfies(backup -> {
            assertThat(backup.id()).isEqualTo(new BackupId(World.volume("pvc-9"), "backup-9"));
            assertThat(backup.origin()).isEqualTo(BackupOrigin.FOREIGN);
            assertThat(backup.state()).isEqualTo(BackupState.READY);
            assertThat(backup.target()).isEqualTo("default");
            assertThat(backup.size()).isEqualTo(ByteSize.ofGibi(2));
        });

        world.movers.lose(URL, new BackupId(World.volume("pvc-9"), "backup-9"));
        world.clock.advance(Duration.ofHours(1));
        reconcile();
        assertThat(backups()).hasSize(1);
    }

    @Test
    void ownBackupsAreNotRecordedASecondTimeAndListingsAreRare() {
        world.create("pvc-1");
        BackupId own = new BackupId(World.volume("pvc-1"), "backup-1");
        world.services()
                .backups()
                .creation()
                .create(
                        new BackupSpecification(
                                own, BackupOrigin.CSI, "", "", io.drover.core.model.BackupMode.INCREMENTAL, Map.of()),
                        Map.of());
        reconcile();
        assertThat(backups())
                .singleElement()
                .satisfies(backup -> assertThat(backup.origin()).isEqualTo(BackupOrigin.CSI));

        world.movers.putForeign(URL, "pvc-9", "backup-9", ByteSize.ofGibi(2), "theirs");
        world.clock.advance(Duration.ofMinutes(6));
        reconcile();
        assertThat(backups()).hasSize(1);

        world.clock.advance(Duration.ofMinutes(30));
        reconcile();
        assertThat(backups()).hasSize(2);
    }

    @Test
    void oneTargetsTroubleIsItsOwn() {
        var _ = world.services().backups().targets().add("other", "s3://other@region/", Map.of());
        world.movers.silence("s3://other@region/");

        reconcile();

        assertThat(report().available()).isTrue();
        assertThat(world.store
                        .find(BackupTarget.class, "other")
                        .orElseThrow()
                        .value()
                        .report()
                        .orElseThrow()
                        .available())
                .isFalse();
    }

    private void reconcile() {
        world.services().backups().checks().reconcile();
    }

    private TargetReport report() {
        return world.store
                .find(BackupTarget.class, "default")
                .orElseThrow()
                .value()
                .report()
                .orElseThrow();
    }

    private List<Backup> backups() {
        return world.store.list(Backup.class).stream().map(Stored::value).toList();
    }
}
