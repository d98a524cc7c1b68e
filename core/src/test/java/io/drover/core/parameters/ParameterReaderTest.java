package io.drover.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.DataLocality;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.JobSelector;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.JobTask;
import io.drover.core.model.Settings;
import io.drover.core.model.VolumeParameters;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterReaderTest {
    private static final String JOBS = "[{\"name\":\"a\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":3}]";

    @Test
    void withoutParametersEverythingHasItsDefault() {
        assertThat(read(Map.of()))
                .isEqualTo(new VolumeParameters(
                        1,
                        Duration.ofHours(48),
                        "",
                        List.of(),
                        List.of(),
                        DataLocality.BEST_EFFORT,
                        FileSystemType.EXT4,
                        List.of(),
                        List.of(),
                        List.of(),
                        "default"));
    }

    @Test
    void everyParameterIsRead() {
        assertThat(read(everything()))
                .isEqualTo(new VolumeParameters(
                        3,
                        Duration.ofMinutes(30),
                        "s3://bucket@region/path/?backup=backup-1&volume=pvc-1",
                        List.of(new JobSpecification("a", JobTask.SNAPSHOT, "@hourly", 3, Map.of())),
                        List.of(new JobSelector("nightly", true)),
                        DataLocality.STRICT_LOCAL,
                        FileSystemType.XFS,
                        List.of("-m", "reflink=0"),
                        List.of("fast", "nvme"),
                        List.of("storage"),
                        "offsite"));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        VolumeParameters parameters = read(everything());

        assertThat(read(ParameterReader.write(parameters))).isEqualTo(parameters);
        assertThat(read(ParameterReader.write(read(Map.of())))).isEqualTo(read(Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "numberOfReplicas",
                "staleReplicaTimeout",
                "fromBackup",
                "recurringJobs",
                "recurringJobSelector",
                "dataLocality",
                "fsType",
                "mkfsParams",
                "diskSelector",
                "nodeSelector",
                "backupTargetName"
            })
    void anEmptyValueIsTheDefault(String key) {
        assertThat(read(Map.of(key, " "))).isEqualTo(read(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numberOfReplicas     | 0       | numberOfReplicas \"0\" is not possible; give an integer from 1 to 20",
                "numberOfReplicas     | 21      | from 1 to 20",
                "numberOfReplicas     | -1      | from 1 to 20",
                "numberOfReplicas     | 2.5     | from 1 to 20",
                "numberOfReplicas     | three   | from 1 to 20",
                "numberOfReplicas     | 0x2     | from 1 to 20",
                "numberOfReplicas     | 99999999999999999999 | from 1 to 20",
                "staleReplicaTimeout  | 0       | staleReplicaTimeout",
                "staleReplicaTimeout  | 2h      | staleReplicaTimeout",
                "fromBackup           | backup-1 | write <target>?backup=",
                "fromBackup           | s3://b@r/ | write <target>?backup=",
                "fromBackup           | s3://b@r/?backup=x | write <target>?backup=",
                "fromBackup           | s3://b@r/?backup=&volume=v | write <target>?backup=",
                "fromBackup           | http://x/?backup=a&volume=v | beginning with s3://, nfs:// or file://",
                "fromBackup           | s3://b@r/?backup=a/../b&volume=v | write <target>?backup=",
                "recurringJobs        | {}      | recurringJobs is not a JSON list",
                "recurringJobSelector | 5       | recurringJobSelector is not a JSON list",
                "dataLocality         | local   | choose strict-local, best-effort, disabled",
                "fsType               | ext3    | choose ext4, xfs, btrfs",
                "fsType               | ../ext4 | choose ext4, xfs, btrfs",
                "mkfsParams           | -d /dev/sda | leave out everything that names a file or a device",
                "diskSelector         | a b     | write tags",
                "diskSelector         | a;b     | write tags",
                "nodeSelector         | -a      | write tags",
                "backupTargetName     | A/b     | give the name of a resource",
                "fsTyp                | ext4    | parameter \"fsTyp\" is not known; did you mean \"fsType\"?",
                "numberOfReplica      | 1       | did you mean \"numberOfReplicas\"?",
                "NUMBEROFREPLICAS     | 1       | did you mean \"numberOfReplicas\"?",
                "recuringJobs         | []      | did you mean \"recurringJobs\"?",
                "staleTimeout         | 1       | parameter \"staleTimeout\" is not known; known are backupTargetName",
                "colour               | red     | parameter \"colour\" is not known",
            })
    void eachRuleHasItsMessage(String key, String value, String problem) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("cannot use the parameters of the volume: ")
                .hasMessageContaining(problem);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "numberOfReplicas",
                        "x",
                        "fsType",
                        "fat",
                        "colour",
                        "red",
                        "encrypted",
                        "true",
                        "recurringJobs",
                        "[{\"name\":\"A\"}]")))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("8 problems")
                .hasMessageContaining("numberOfReplicas")
                .hasMessageContaining("fsType")
                .hasMessageContaining("colour")
                .hasMessageContaining("recurringJobs[0] \"A\": retain")
                .hasMessageContaining("encrypted");
    }

    @Test
    void theMaximumOfRetentionIsASetting() {
        Settings two = new Settings(200, 10, 0, true, 2);

        assertThatThrownBy(() -> ParameterReader.read(Map.of("recurringJobs", JOBS), two))
                .hasMessageContaining("the sum of retain is 3; at most 2");
    }

    @Test
    void kubernetesOwnKeysPass() {
        Map<String, String> parameters = Map.of(
                "csi.storage.k8s.io/pvc/name", "claim",
                "csi.storage.k8s.io/provisioner-secret-name", "secret",
                "csi.storage.k8s.io/fstype", "xfs");

        assertThat(read(parameters).fsType()).isEqualTo(FileSystemType.XFS);
    }

    @Test
    void spellingsOfTheFileSystemMustAgree() {
        assertThat(read(Map.of("fsType", "xfs", "csi.storage.k8s.io/fstype", "xfs", "fstype", "xfs"))
                        .fsType())
                .isEqualTo(FileSystemType.XFS);
        assertThatThrownBy(() -> read(Map.of("fsType", "ext4", "csi.storage.k8s.io/fstype", "xfs")))
                .hasMessageContaining("differ");
    }

    @ParameterizedTest
    @CsvSource({
        "dataEngine, v1",
        "disableRevisionCounter, true",
        "unmapMarkSnapChainRemoved, ignored",
        "replicaAutoBalance, best-effort",
        "replicaSoftAntiAffinity, enabled",
        "snapshotDataIntegrity, fast-check",
        "freezeFilesystemForSnapshot, disabled",
        "nfsOptions, 'vers=4.2,noresvport'",
        "migratable, true",
        "encrypted, false",
        "exclusive, 'false'",
        "share, FALSE",
        "backingImage, ''",
        "frontend, blockdev",
    })
    void keysOfLonghornThatChangeNothingAreAccepted(String key, String value) {
        assertThat(read(Map.of(key, value))).isEqualTo(read(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "encrypted, true",
        "encrypted, perhaps",
        "backingImage, parrot",
        "backingImageDataSourceType, export-from-volume",
        "dataSource, 'snap://pvc-1/s'",
        "exclusive, true",
        "share, true",
        "frontend, iscsi",
    })
    void keysOfLonghornThatWouldChangeTheVolumeAreRefused(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("parameter \"" + key + "\"")
                .hasMessageContaining("is not offered; ");
    }

    @Test
    void theClassOfLonghornsOwnExampleIsAccepted() {
        VolumeParameters parameters = read(Map.of(
                "numberOfReplicas",
                "3",
                "staleReplicaTimeout",
                "2880",
                "fromBackup",
                "",
                "fsType",
                "ext4",
                "dataLocality",
                "disabled",
                "unmapMarkSnapChainRemoved",
                "ignored",
                "disableRevisionCounter",
                "true",
                "dataEngine",
                "v1",
                "backupTargetName",
                "default"));

        assertThat(parameters.numberOfReplicas()).isEqualTo(3);
        assertThat(parameters.dataLocality()).isEqualTo(DataLocality.DISABLED);
    }

    @Test
    void aHugeValueIsRefusedWithoutReadingIt() {
        assertThatThrownBy(() -> read(Map.of("diskSelector", "a,".repeat(100_000))))
                .hasMessageContaining("at most 65536");
    }

    @Test
    void aPasswordInAnAddressIsNotRepeated() {
        assertThatThrownBy(() -> read(Map.of("fromBackup", "cifs://user:hunter2@host/share")))
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void whatMayChangeChangesAndTheRestStays() {
        VolumeParameters current = read(everything());

        VolumeParameters next = ParameterReader.readMutable(
                Map.of("numberOfReplicas", "2", "staleReplicaTimeout", "60", "recurringJobs", "[]"),
                current,
                Settings.DEFAULTS);

        assertThat(next.numberOfReplicas()).isEqualTo(2);
        assertThat(next.staleReplicaTimeout()).isEqualTo(Duration.ofHours(1));
        assertThat(next.recurringJobs()).isEmpty();
        assertThat(next.fsType()).isEqualTo(FileSystemType.XFS);
        assertThat(next.diskSelector()).isEqualTo(current.diskSelector());
    }

    @Test
    void aChangeOfNothingChangesNothing() {
        VolumeParameters current = read(everything());

        assertThat(ParameterReader.readMutable(Map.of(), current, Settings.DEFAULTS))
                .isEqualTo(current);
    }

    @ParameterizedTest
    @CsvSource({
        "fsType, xfs, 'cannot be changed after the volume was made; only numberOfReplicas, staleReplicaTimeout, recurringJobs can'",
        "dataLocality, disabled, cannot be changed",
        "numberOfReplica, 2, 'did you mean \"numberOfReplicas\"?'",
        "numberOfReplicas, 0, from 1 to 20",
        "recurringJobs, x, is not JSON",
        "encrypted, true, is not known",
    })
    void aChangeThatIsNotPossibleIsInvalid(String key, String value, String problem) {
        VolumeParameters current = read(Map.of());

        assertThatThrownBy(() -> ParameterReader.readMutable(Map.of(key, value), current, Settings.DEFAULTS))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining(problem);
    }

    private static VolumeParameters read(Map<String, String> parameters) {
        return ParameterReader.read(parameters, Settings.DEFAULTS);
    }

    private static Map<String, String> everything() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("numberOfReplicas", "3");
        parameters.put("staleReplicaTimeout", "30");
        parameters.put("fromBackup", "s3://bucket@region/path/?backup=backup-1&volume=pvc-1");
        parameters.put("recurringJobs", JOBS);
        parameters.put("recurringJobSelector", "[{\"name\":\"nightly\",\"isGroup\":true}]");
        parameters.put("dataLocality", "strict-local");
        parameters.put("fsType", "xfs");
        parameters.put("mkfsParams", " -m  reflink=0 ");
        parameters.put("diskSelector", "nvme, fast,nvme");
        parameters.put("nodeSelector", "storage");
        parameters.put("backupTargetName", "offsite");
        return parameters;
    }
}
