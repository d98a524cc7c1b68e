package io.drover.core.resources;

import io.drover.core.error.ErrorCode;
import io.drover.core.model.AccessMode;
import io.drover.core.model.Attachment;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupFacts;
import io.drover.core.model.BackupFailure;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupMode;
import io.drover.core.model.BackupOrigin;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DataLocality;
import io.drover.core.model.DiskId;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.GroupId;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.JobPlan;
import io.drover.core.model.JobRun;
import io.drover.core.model.JobSelector;
import io.drover.core.model.JobSpecification;
import io.drover.core.model.JobTask;
import io.drover.core.model.NodeId;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Resource;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.SnapshotId;
import io.drover.core.model.SnapshotOrigin;
import io.drover.core.model.SnapshotState;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.model.VolumeParameters;
import io.drover.core.model.VolumeSource;
import io.drover.core.model.VolumeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Records with everything in them that is possible, from a seed. */
public final class RandomRecords {
    private static final String NAME_LETTERS = "abcXYZ019-_.";
    private static final String TEXT_LETTERS = "abc019 :#'\"\\{}[],&*?|>%@!~\t\nä€😀-.eE+/=";
    private static final List<String> TRICKY = List.of(
            "true", "no", "null", "~", "1e3", "0x10", "0123", "1_000", "2026-01-01", ".5", "- a", "a: b", "=", "");

    private final Random random;

    public RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    public Resource any() {
        return switch (random.nextInt(9)) {
            case 0 -> volume(name());
            case 1 -> snapshot();
            case 2 ->
                new SnapshotGroup(
                        new GroupId(name()), oneOf(SnapshotState.values()), listOf(this::snapshotId), instant());
            case 3 -> backup();
            case 4 ->
                new BackupTarget(
                        "t" + letters("abc019", random.nextInt(30)),
                        text(),
                        oneOf(new String[] {"", "t"}),
                        maybe(() -> new BackupTarget.TargetReport(random.nextBoolean(), text(), text(), instant())),
                        instant());
            case 5 -> recurringJob();
            case 6 -> history();
            case 7 -> storageNode();
            default -> new SettingsRecord(textMap());
        };
    }

    private RecurringJob recurringJob() {
        return new RecurringJob(
                "j" + letters("abc019", random.nextInt(30)),
                oneOf(JobTask.values()),
                text(),
                random.nextInt(),
                new TreeSet<>(listOf(this::text)),
                textMap(),
                random.nextInt(),
                text(),
                instant());
    }

    private JobHistory history() {
        return new JobHistory(
                new VolumeId(name()),
                "j" + letters("abc019", random.nextInt(30)),
                maybe(() -> new JobPlan(oneOf(JobTask.values()), text(), text())),
                instant(),
                maybe(this::instant),
                maybe(this::run),
                listOf(this::run),
                random.nextInt(),
                random.nextLong(),
                maybe(this::instant),
                maybe(() -> Duration.ofMillis(random.nextInt(1_000_000))),
                instant());
    }

    private JobRun run() {
        return new JobRun(
                oneOf(JobTask.values()),
                instant(),
                random.nextBoolean(),
                instant(),
                text(),
                maybe(() -> new JobRun.End(oneOf(JobOutcome.values()), instant(), random.nextLong(), text())));
    }

    public Backup backup() {
        return new Backup(
                backupId(),
                oneOf(new String[] {"", "default"}),
                text(),
                oneOf(BackupState.values()),
                oneOf(BackupOrigin.values()),
                oneOf(new String[] {"", "some-snapshot"}),
                oneOf(BackupMode.values()),
                textMap(),
                new ByteSize(random.nextLong(0, Long.MAX_VALUE)),
                instant(),
                maybe(() -> new BackupFacts(
                        random.nextLong(0, Long.MAX_VALUE), random.nextLong(0, Long.MAX_VALUE), random.nextBoolean())),
                maybe(() -> new BackupFailure(oneOf(ErrorCode.values()), text())),
                instant(),
                maybe(this::instant));
    }

    private BackupId backupId() {
        return new BackupId(new VolumeId(name() + "-v"), name() + "-b");
    }

    public Volume volume(String name) {
        return new Volume(
                new VolumeId(name),
                ByteSize.ofMebi(2 + random.nextInt(1000)),
                parameters(),
                Set.of(oneOf(AccessMode.values())),
                random.nextBoolean(),
                random.nextBoolean(),
                switch (random.nextInt(4)) {
                    case 0 -> new VolumeSource.Blank();
                    case 1 -> new VolumeSource.FromSnapshot(snapshotId());
                    case 2 -> new VolumeSource.FromBackup(text(), backupId());
                    default -> new VolumeSource.FromVolume(new VolumeId(name()));
                },
                oneOf(VolumeState.values()),
                listOf(() -> new ReplicaPlacement(new NodeId(name()), new DiskId(name()))),
                maybe(() -> new Attachment(
                        new NodeId(name()),
                        oneOf(AccessMode.values()),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextLong(1, Long.MAX_VALUE),
                        instant())),
                random.nextLong(0, Long.MAX_VALUE),
                random.nextBoolean() ? Volume.BLOCK_BYTES : Volume.FOREIGN_BLOCK_BYTES,
                textMap(),
                instant());
    }

    public StorageNode storageNode() {
        return new StorageNode(
                new NodeId(name()),
                listOf(() -> new StorageNode.WantedDisk(
                        text(),
                        text(),
                        listOf(this::text),
                        maybe(() -> new ByteSize(random.nextLong(0, Long.MAX_VALUE))),
                        oneOf(new String[] {"", "btrfs", "xfs"}),
                        maybe(() -> new DiskId(name())),
                        maybe(() -> new DiskId(name())))),
                random.nextBoolean(),
                listOf(this::text),
                maybe(() -> new StorageNode.NodeReport(
                        text(),
                        random.nextBoolean(),
                        text(),
                        text(),
                        listOf(() -> new StorageNode.SeenDisk(
                                text(),
                                text(),
                                maybe(() -> new DiskId(name())),
                                new ByteSize(random.nextLong(0, Long.MAX_VALUE)),
                                new ByteSize(random.nextLong(0, Long.MAX_VALUE)),
                                new ByteSize(random.nextLong(0, Long.MAX_VALUE)),
                                text())),
                        instant())),
                instant());
    }

    public Snapshot snapshot() {
        return new Snapshot(
                snapshotId(),
                oneOf(SnapshotState.values()),
                oneOf(SnapshotOrigin.values()),
                new ByteSize(random.nextLong(0, Long.MAX_VALUE)),
                maybe(() -> new GroupId(name())),
                textMap(),
                instant());
    }

    private VolumeParameters parameters() {
        return new VolumeParameters(
                1 + random.nextInt(20),
                Duration.ofSeconds(random.nextInt(1_000_000)),
                text(),
                listOf(() ->
                        new JobSpecification(text(), oneOf(JobTask.values()), text(), random.nextInt(), textMap())),
                listOf(() -> new JobSelector(text(), random.nextBoolean())),
                oneOf(DataLocality.values()),
                oneOf(FileSystemType.values()),
                listOf(this::text),
                listOf(this::text),
                listOf(this::text),
                text());
    }

    private SnapshotId snapshotId() {
        return new SnapshotId(new VolumeId(name()), name());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private String name() {
        if (random.nextInt(5) == 0) {
            return TRICKY.get(4 + random.nextInt(4)); // also names: 1e3, 0x10, 0123, 1_000
        }
        String letters = letters(NAME_LETTERS, 1 + random.nextInt(120));
        return "a" + letters.replace("..", ".-");
    }

    private String text() {
        return random.nextInt(4) == 0
                ? TRICKY.get(random.nextInt(TRICKY.size()))
                : letters(TEXT_LETTERS, random.nextInt(40));
    }

    private Map<String, String> textMap() {
        Map<String, String> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(text(), text());
        }
        return map;
    }

    private String letters(String from, int length) {
        int[] points = from.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private <T> List<T> listOf(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
