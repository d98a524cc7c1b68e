package io.drover.demo;

import static io.drover.output.Figures.bytes;
import static io.drover.output.Figures.count;
import static io.drover.output.Figures.time;

import io.drover.core.time.Pause;
import io.drover.csi.v1.Snapshot;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.GetBackupRequest;
import io.drover.proto.operations.v1.TestTargetRequest;
import io.drover.sandbox.CsiClient;
import io.drover.sandbox.Manifest;
import io.drover.sandbox.SampleFiles;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import io.drover.snapshotter.trial.TrialS3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Backups to a real S3 server, the loss of the volume, and its return. */
final class BackupSteps {
    private static final String TARGET = "default";
    static final String BUCKET = "demo";
    private static final String FIRST = "demo-backup-first";
    private static final String SECOND = "demo-backup-second";
    private static final String RESTORED = "demo-restored";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Scene scene;
    private @Nullable Manifest saved;
    private @Nullable String handle;
    private long firstUpload;

    BackupSteps(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step("start an S3 server, and use it as target", this::addTarget),
                new Step("back up to S3", this::backUp),
                new Step("back up again: what changed", this::backUpAgain),
                new Step("lose the volume", this::lose),
                new Step("restore it from S3", this::restore));
    }

    private String addTarget() {
        Sandbox sandbox = scene.sandbox();
        TrialS3Server server = TrialS3Server.start(
                Path.of(System.getProperty("drover.s3proxy", "s3proxy")),
                sandbox.directory().resolve("s3"),
                UUID.randomUUID().toString(),
                Pause.SLEEP);
        scene.storeIs(server);
        server.makeBucket(BUCKET);
        sandbox.operations()
                .addTarget(AddTargetRequest.newBuilder()
                        .setName(TARGET)
                        .setUrl(server.url(BUCKET, "backups/"))
                        .putAllCredentials(server.credentials())
                        .build());
        var test = sandbox.operations()
                .testTarget(TestTargetRequest.newBuilder().setName(TARGET).build());
        CheckFailed.ifAny(
                test.getStepsList().stream()
                        .map(step -> step.getProblem())
                        .filter(problem -> !problem.isEmpty())
                        .toList(),
                "the target does not work");
        return server.url(BUCKET, "backups/") + " at " + server.endpoint() + ": writes, reads, lists, deletes";
    }

    private String backUp() throws IOException, InterruptedException {
        saved = Manifest.of(scene.files());
        Duration taken = waitForBackup(FIRST);
        BackupSummary backup = summary(FIRST);
        firstUpload = backup.getUploadedBytes();
        CheckFailed.unless(firstUpload > 0, "nothing was uploaded");
        return bytes(backup.getStoredBytes()) + " of blocks in " + time(taken) + ", " + bytes(firstUpload)
                + " compressed; the volume stayed in use";
    }

    private String backUpAgain() throws IOException, InterruptedException {
        SampleFiles.write(scene.files(), "third", 4, ProvisionSteps.FILE_BYTES, 3);
        saved = Manifest.of(scene.files());
        Duration taken = waitForBackup(SECOND);
        BackupSummary backup = summary(SECOND);
        CheckFailed.unless(backup.getIncremental(), "it is not incremental");
        CheckFailed.unless(
                backup.getUploadedBytes() < firstUpload,
                "it uploaded " + bytes(backup.getUploadedBytes()) + ", the first one " + bytes(firstUpload));
        return "incremental: " + bytes(backup.getUploadedBytes()) + " uploaded in " + time(taken);
    }

    private String lose() throws IOException {
        CsiClient csi = scene.sandbox().csi();
        Path directory = scene.volumeDirectory();
        String volume = scene.volume().id();
        scene.sandbox().kubelet().detach(volume);
        List<String> local = csi.snapshots(Optional.of(volume)).stream()
                .filter(snapshot -> snapshot.startsWith("snap://"))
                .toList();
        local.forEach(csi::deleteSnapshot);
        csi.deleteVolume(volume);
        CheckFailed.unless(!Files.exists(directory), directory + " is still there");
        return "the volume and its " + local.size() + " local snapshots are gone from the disk";
    }

    private String restore() throws IOException, InterruptedException {
        TrialVolume lost = scene.volume();
        long begin = System.nanoTime();
        TrialVolume restored = scene.sandbox()
                .csi()
                .restoreBackup(RESTORED, lost.sizeBytes(), lost.capability(), Objects.requireNonNull(handle), PATIENCE);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        scene.volumeIs(restored);
        Path files = scene.sandbox().kubelet().attach(restored);
        Manifest wanted = Objects.requireNonNull(saved);
        CheckFailed.ifAny(Manifest.of(files).differencesFrom(wanted), "the files are not those of the backup");
        return bytes(restored.sizeBytes()) + " in " + time(taken) + "; " + count(wanted.files())
                + " files equal by SHA-256 (" + wanted.fingerprint() + ")";
    }

    private Duration waitForBackup(String name) throws InterruptedException {
        long begin = System.nanoTime();
        Snapshot snapshot =
                scene.sandbox().csi().createBackup(name, scene.volume().id(), PATIENCE);
        CheckFailed.unless(snapshot.getReadyToUse(), "it is not ready after " + PATIENCE);
        handle = snapshot.getSnapshotId();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private BackupSummary summary(String name) {
        return scene.sandbox()
                .operations()
                .getBackup(GetBackupRequest.newBuilder()
                        .setVolume(scene.volume().id())
                        .setName(name)
                        .build());
    }
}
