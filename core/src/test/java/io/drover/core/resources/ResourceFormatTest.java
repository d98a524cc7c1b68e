package io.drover.core.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceFormatTest {
    private static final String GOLDEN = """
            apiVersion: drover.io/v1alpha1
            kind: Volume
            metadata:
              name: pvc-1
              resourceVersion: 7
              creationTimestamp: "2026-11-23T20:00:00Z"
            spec:
              size: 1073741824
              accessModes:
                - SingleNodeWriter
              blockAllowed: false
              mountAllowed: true
              source:
                snapshot: "snap://pvc-0/before-upgrade"
              parameters:
                numberOfReplicas: 3
                staleReplicaTimeout: PT48H
                recurringJobs:
                  - name: snap
                    task: Snapshot
                    cron: "*/5 * * * *"
                    retain: 3
                    labels:
                      example.com/k: v
                dataLocality: best-effort
                fsType: ext4
                mkfsParams:
                  - "-O"
                  - "^64bit"
                backupTargetName: default
            status:
              state: Ready
              placements:
                - node: host-a
                  disk: 6f1c
              epoch: 2
              attachment:
                node: host-a
                accessMode: SingleNodeWriter
                block: false
                readOnly: false
                epoch: 2
                since: "2026-11-23T20:05:00Z"
            """;

    private static final String GOLDEN_BACKUP = """
            apiVersion: drover.io/v1alpha1
            kind: Backup
            metadata:
              name: pvc-1@nightly
              resourceVersion: 7
              creationTimestamp: "2026-11-23T20:00:00Z"
            spec:
              volume: pvc-1
              backup: nightly
              target: default
              targetUrl: "s3://bucket@region/path/"
              origin: User
              snapshot: nightly
              mode: Incremental
              labels:
                drover.io/file-system: ext4
                drover.io/logical-block-size: "4096"
            status:
              state: Failed
              size: 1073741824
              snapshotAt: "2026-11-23T20:00:01Z"
              facts:
                storedBytes: 20971520
                newlyUploadedBytes: 16557
                incremental: true
              failure:
                code: Unavailable
                message: "the store gives no answer: call again"
              completedAt: "2026-11-23T20:05:00Z"
            """;
    private static final String GOLDEN_TARGET = """
            apiVersion: drover.io/v1alpha1
            kind: BackupTarget
            metadata:
              name: default
              resourceVersion: 1
              creationTimestamp: "2026-11-23T20:00:00Z"
            spec:
              url: "s3://bucket@region/path/"
              credentials: default
            """;

    private static final String GOLDEN_JOB = """
            apiVersion: drover.io/v1alpha1
            kind: RecurringJob
            metadata:
              name: nightly
              resourceVersion: 3
              creationTimestamp: "2026-11-23T20:00:00Z"
            spec:
              task: backup
              cron: "@daily"
              retain: 7
              groups:
                - default
                - important
              labels:
                example.com/k: v
              concurrency: 2
              timeZone: Europe/Berlin
            """;
    private static final String GOLDEN_HISTORY = """
            apiVersion: drover.io/v1alpha1
            kind: JobHistory
            metadata:
              name: pvc-1.nightly
              resourceVersion: 9
              creationTimestamp: "2026-11-23T20:00:00Z"
            spec:
              volume: pvc-1
              job: nightly
            status:
              plan:
                task: backup
                cron: "@daily"
                timeZone: UTC
              handled: "2026-11-26T00:00:00Z"
              requested: "2026-11-26T00:00:01Z"
              running:
                task: backup
                scheduled: "2026-11-26T00:00:00Z"
                manual: false
                started: "2026-11-26T00:00:00.500Z"
                result: nightly-20261126-000000
              runs:
                - task: backup
                  scheduled: "2026-11-25T00:00:00Z"
                  manual: false
                  started: "2026-11-25T00:00:00.500Z"
                  result: nightly-20261125-000000
                  outcome: Failed
                  ended: "2026-11-25T00:00:07Z"
                  bytes: 0
                  message: "the store gives no answer: it is tried again at the next time"
                - task: backup
                  scheduled: "2026-11-24T00:00:00Z"
                  manual: true
                  started: "2026-11-24T00:00:00.500Z"
                  result: nightly-20261124-000000
                  outcome: Succeeded
                  ended: "2026-11-24T00:00:07Z"
                  bytes: 16557
              failuresInRow: 1
              failures: 4
              lastSuccess: "2026-11-24T00:00:07Z"
              lastDurationMillis: 6500
            """;

    private static final String GOLDEN_NODE = """
            apiVersion: drover.io/v1alpha1
            kind: StorageNode
            metadata:
              name: host-a
              resourceVersion: 1
              creationTimestamp: "2026-11-30T05:00:00Z"
            spec:
              disks:
                - name: fast
                  path: "/var/lib/drover/disks/fast"
                  tags:
                    - ssd
                  size: 107374182400
                  engine: btrfs
              schedulable: true
              tags:
                - rack-1
            status:
              address: "10.0.0.7:9811"
              ready: true
              reason: Answers
              message: ""
              disks:
                - name: fast
                  path: "/var/lib/drover/disks/fast"
                  uuid: "6f1c"
                  capacity: 107374182400
                  available: 64424509440
                  provisioned: 10737418240
                - name: old
                  path: "/dev/sdb"
                  capacity: 0
                  available: 0
                  provisioned: 0
                  problem: "it carries ntfs: wipe it, or name another disk"
              seenAt: "2026-11-30T05:01:00Z"
            """;

    private final ResourceFormat format = new ResourceFormat();

    @Test
    void aRecordComesBackAsItWasWritten() {
        for (long seed = 0; seed < 300; seed++) {
            Resource record = new RandomRecords(seed).any();

            String text = format.write(record, seed);

            ResourceFormat.Versioned read = format.read(Kind.of(record), text, "seed " + seed);
            assertThat(read.value()).as("seed %s", seed).isEqualTo(record);
            assertThat(read.version()).isEqualTo(seed);
        }
    }

    @Test
    void theFormOfAVolumeStays() {
        ResourceFormat.Versioned read = format.read(Kind.VOLUME, GOLDEN, "golden");

        assertThat(format.write(read.value(), read.version())).isEqualTo(GOLDEN.replace("6f1c", "\"6f1c\""));
    }

    @Test
    void theFormsOfABackupAndOfATargetStay() {
        ResourceFormat.Versioned backup = format.read(Kind.BACKUP, GOLDEN_BACKUP, "golden");
        ResourceFormat.Versioned target = format.read(Kind.BACKUP_TARGET, GOLDEN_TARGET, "golden");

        assertThat(format.write(backup.value(), backup.version())).isEqualTo(GOLDEN_BACKUP);
        assertThat(format.write(target.value(), target.version())).isEqualTo(GOLDEN_TARGET);
    }

    @Test
    void theFormsOfAJobAndOfItsHistoryStay() {
        ResourceFormat.Versioned job = format.read(Kind.RECURRING_JOB, GOLDEN_JOB, "golden");
        ResourceFormat.Versioned history = format.read(Kind.JOB_HISTORY, GOLDEN_HISTORY, "golden");

        assertThat(format.write(job.value(), job.version())).isEqualTo(GOLDEN_JOB);
        assertThat(format.write(history.value(), history.version())).isEqualTo(GOLDEN_HISTORY);
    }

    @Test
    void aJobThatAPersonWroteMayLeaveOutWhatHasADefault() {
        String text = GOLDEN_JOB.replaceAll("(?s)  retain: 7.*", "");

        RecurringJob job =
                (RecurringJob) format.read(Kind.RECURRING_JOB, text, "golden").value();

        assertThat(job.retain()).isEqualTo(1);
        assertThat(job.concurrency()).isEqualTo(1);
        assertThat(job.groups()).isEmpty();
        assertThat(job.timeZone()).isEmpty();
    }

    @Test
    void aVolumeHasLabelsIfSomebodyGaveIt() {
        String text = GOLDEN.replace("6f1c", "\"6f1c\"")
                .replace("  parameters:", "  labels:\n    recurring-job.drover.io/nightly: enabled\n  parameters:");

        ResourceFormat.Versioned read = format.read(Kind.VOLUME, text, "golden");

        assertThat(format.write(read.value(), read.version())).isEqualTo(text);
    }

    @Test
    void theFormOfAHostStays() {
        ResourceFormat.Versioned node = format.read(Kind.STORAGE_NODE, GOLDEN_NODE, "golden");

        assertThat(format.write(node.value(), node.version())).isEqualTo(GOLDEN_NODE);
    }

    @Test
    void theSecretOfATargetMayBeNamedAsLonghornNamesIt() {
        String text = GOLDEN_TARGET.replace("credentials: default", "credentialSecret: keys");

        assertThat(((io.drover.core.model.BackupTarget)
                                format.read(Kind.BACKUP_TARGET, text, "golden").value())
                        .credentials())
                .isEqualTo("keys");
    }

    @Test
    void aVolumeFromABackupSaysFromWhichAndOnWhatBlocks() {
        String text = GOLDEN.replace(
                        "snapshot: \"snap://pvc-0/before-upgrade\"",
                        "backup: \"bak://pvc-0/nightly\"\n    backupTarget: \"s3://bucket@region/path/\"\n  blockBytes: 512")
                .replace("6f1c", "\"6f1c\"");

        ResourceFormat.Versioned read = format.read(Kind.VOLUME, text, "golden");

        assertThat(((io.drover.core.model.Volume) read.value()).blockBytes()).isEqualTo(512);
        assertThat(format.write(read.value(), read.version())).isEqualTo(text);
        assertThatThrownBy(() -> format.read(Kind.VOLUME, text.replace("blockBytes: 512", "blockBytes: 1000"), "x"))
                .hasMessageContaining("blockBytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drover.io/v1alpha1         | drover.io/v2            | format is drover.io/v2",
                "kind: Volume               | kind: Snapshot          | it is a Snapshot where a Volume",
                "name: pvc-1                | name: ../../etc/passwd  | not usable",
                "name: pvc-1                | nome: pvc-1             | metadata.name is missing",
                "resourceVersion: 7         | resourceVersion: x      | metadata.resourceVersion cannot be",
                "size: 1073741824           | size: -1                | must not be negative",
                "size: 1073741824           | size: 1073741824.5      | spec.size cannot be",
                "size: 1073741824           | capacity: 1073741824    | spec.size is missing",
                "blockAllowed: false        | blockAllowed: maybe     | spec.blockAllowed cannot be",
                "mountAllowed: true         | mountAllowed: true§  shared: true | spec.shared is not known to this version",
                "- SingleNodeWriter         | - MultiNodeWriter       | which this version does not know",
                "state: Ready               | state: Rebuilding       | which this version does not know",
                "fsType: ext4               | fsType: zfs             | zfs",
                "PT48H                      | two days                | no duration",
                "block: false               | block: false§    lease: 5 | status.attachment.lease is not known",
                "disk: 6f1c                 | disk: 6f1c§      zone: b | status.placements[0].zone is not known",
                "kind: Volume               | kind: Volume§kind: Volume | Duplicate",
                "2026-11-23T20:00:00Z       | yesterday               | is no time",
            })
    void aDocumentThatIsNotUnderstoodIsCorruptAndNamed(String part, String replacement, String problem) {
        String text = GOLDEN.replace(part, replacement.replace("§", "\n"));

        assertThatThrownBy(() -> format.read(Kind.VOLUME, text, "volumes/pvc-1.yaml"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("volumes/pvc-1.yaml")
                .hasMessageContaining(problem);
    }

    @Test
    void aDamagedDocumentIsCorruptOrAnEqualRecordNeverSomethingElseThatFails() {
        Random random = new Random(42);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = GOLDEN.getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                format.read(Kind.VOLUME, text, "damaged");
            } catch (StorageException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"''", "text", "[]", "'a: b: c'", "'{}'", "'--- {}\n--- {}'"})
    void whatIsNoDocumentIsCorrupt(String text) {
        assertThatThrownBy(() -> format.read(Kind.SETTINGS, text, "settings.yaml"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
}
