package io.drover.controller.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.StorageServices;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.fake.FakeHosts;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.BackupId;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Resource;
import io.drover.core.model.Snapshot;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import io.drover.core.resources.Kind;
import io.drover.core.resources.ResourceFormat;
import io.drover.core.store.InMemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that were written beside the data as the program does it, and are lost then. */
class RecoveryTest {
    private static final ResourceFormat FORMAT = new ResourceFormat();

    private final World world = new World();
    private final InMemoryStore lost = new InMemoryStore();
    private final InMemoryStore anew = new InMemoryStore();
    private final Recovery recovery = new Recovery(
            anew,
            world.hosts,
            new RecordTexts() {
                @Override
                public <T extends Resource> T read(Class<T> kind, String text, String place) {
                    return kind.cast(FORMAT.read(Kind.of(kind), text, place).value());
                }
            },
            world.clock);
    private final StorageServices services = StorageServices.of(
            lost,
            world.hosts,
            world.movers,
            world.credentials,
            () -> world.settings,
            record -> FORMAT.write(record, 0),
            world.faults,
            world.clock,
            new BackupServices.Patience(Duration.ZERO, Duration.ZERO, Duration.ZERO));

    @BeforeEach
    void givenAVolumeWithASnapshot() {
        services.creation().create(World.blank("pvc-1"));
        services.snapshotCreation().create(World.csiSnapshot("pvc-1", "before"));
    }

    @Test
    void volumesAndSnapshotsComeBackAsTheyWere() {
        Volume volume = volume(lost);
        Snapshot snapshot =
                lost.find(Snapshot.class, "pvc-1@before").orElseThrow().value();

        RecoveryReport report = recovery.recover(false, false);

        assertThat(outcomes(report)).containsExactly("volume pvc-1 RECOVERED", "snapshot pvc-1/before RECOVERED");
        assertThat(report.silent()).isEmpty();
        assertThat(volume(anew)).isEqualTo(volume);
        assertThat(anew.find(Snapshot.class, "pvc-1@before").orElseThrow().value())
                .isEqualTo(snapshot);
    }

    @Test
    void theSameAgainChangesNothingAndADryRunChangesNothingAtAll() {
        assertThat(outcomes(recovery.recover(true, false))).hasSize(2).allMatch(text -> text.endsWith("RECOVERED"));
        assertThat(anew.list(Volume.class)).isEmpty();

        recovery.recover(false, false);
        var before = anew.list(Volume.class);
        assertThat(outcomes(recovery.recover(false, false)))
                .containsExactly("volume pvc-1 KNOWN", "snapshot pvc-1/before KNOWN");
        assertThat(anew.list(Volume.class)).isEqualTo(before);
    }

    @Test
    void theSizeIsThatOfTheImage() {
        services.changes()
                .expand(World.volume("pvc-1"), io.drover.controller.volume.SizeRange.exactly(ByteSize.ofGibi(3)));

        recovery.recover(false, false);

        assertThat(volume(anew).size()).isEqualTo(ByteSize.ofGibi(3));
    }

    @Test
    void snapshotsOfAVolumeThatIsGoneKeepItsRecord() {
        services.deletion().delete(World.volume("pvc-1"));

        recovery.recover(false, false);

        assertThat(volume(anew).state()).isEqualTo(VolumeState.RETAINED);
        assertThat(anew.list(Snapshot.class)).hasSize(1);
    }

    @Test
    void aHostThatIsAwayIsSaidAndItsVolumesComeLater() {
        world.hosts.failNext("replicas", FakeHosts.Moment.BEFORE, ErrorCode.UNAVAILABLE);

        RecoveryReport report = recovery.recover(false, false);

        assertThat(report.findings()).isEmpty();
        assertThat(report.silent()).hasSize(1);
        assertThat(outcomes(recovery.recover(false, false))).hasSize(2);
    }

    @Test
    void aRecordThatCannotBeReadIsAProblemOfItsOwn() {
        world.hosts.record(World.replica("pvc-1"), "no: record");
        services.creation().create(World.blank("pvc-2"));

        RecoveryReport report = recovery.recover(false, false);

        assertThat(outcomes(report)).containsExactly("volume pvc-1 PROBLEM", "volume pvc-2 RECOVERED");
        assertThat(report.findings().getFirst().message())
                .contains("the record beside pvc-1 on disk disk-1 of node node-1");
    }

    @Test
    void aRestoreThatMayHaveBeenInterruptedIsNotTakenForAVolume() {
        Volume whole = volume(lost);
        Volume begun = new Volume(
                whole.id(),
                whole.size(),
                whole.parameters(),
                whole.accessModes(),
                whole.blockAllowed(),
                whole.mountAllowed(),
                new VolumeSource.FromBackup("s3://bucket@region/", new BackupId(World.volume("pvc-9"), "backup-1")),
                VolumeState.CREATING,
                whole.placements(),
                whole.attachment(),
                whole.epoch(),
                whole.blockBytes(),
                whole.labels(),
                whole.createdAt());
        world.hosts.record(World.replica("pvc-1"), FORMAT.write(begun, 0));

        assertThat(outcomes(recovery.recover(false, false))).containsExactly("volume pvc-1 UNFINISHED");
        assertThat(anew.list(Volume.class)).isEmpty();

        assertThat(outcomes(recovery.recover(false, true))).contains("volume pvc-1 RECOVERED");
        assertThat(volume(anew).state()).isEqualTo(VolumeState.READY);
    }

    private static Volume volume(InMemoryStore store) {
        return store.find(Volume.class, "pvc-1").orElseThrow().value();
    }

    private static List<String> outcomes(RecoveryReport report) {
        return report.findings().stream()
                .map(finding -> finding.object() + " " + finding.outcome())
                .toList();
    }
}
