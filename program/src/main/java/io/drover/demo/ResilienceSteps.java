package io.drover.demo;

import static io.drover.output.Figures.bytes;
import static io.drover.output.Figures.count;
import static io.drover.output.Figures.time;

import io.drover.core.model.FileSystemType;
import io.drover.csi.v1.Snapshot;
import io.drover.sandbox.Journal;
import io.drover.sandbox.JournalWriter;
import io.drover.sandbox.Kubelet;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a workload need not notice: a volume that grows under it, and a driver that dies. */
final class ResilienceSteps {
    private static final String AFTER_RESTART = "demo-after-restart";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scene scene;

    ResilienceSteps(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step("grow online", this::grow),
                new Step("kill -9 the driver, while writing", this::killAndRestart),
                new Step("snapshot by the restarted driver", this::snapshotAfterRestart));
    }

    private String grow() throws IOException, InterruptedException {
        Kubelet kubelet = scene.sandbox().kubelet();
        long before = kubelet.usage(scene.volume().id()).getTotal();
        Path file = scene.files().resolve("journal-while-growing");
        boolean pauses = !canGrowInUse();
        if (pauses) {
            scene.remark(
                    "this root has no CAP_SYS_RESOURCE, without which the kernel grows no ext4 that is in use: the writer pauses");
            expand(kubelet);
        }
        try (JournalWriter writer = JournalWriter.start(file)) {
            goesOn(writer);
            if (!pauses) {
                expand(kubelet);
            }
            goesOn(writer);
        }
        long after = kubelet.usage(scene.volume().id()).getTotal();
        long most = scene.volume().sizeBytes();
        CheckFailed.unless(
                after > before && after <= most,
                "the file system has " + bytes(after) + " now, had " + bytes(before) + ", and the volume "
                        + bytes(most));
        return "file system " + bytes(before) + " -> " + bytes(after) + (pauses ? ", mounted" : ", while written")
                + "; " + intact(file);
    }

    private void expand(Kubelet kubelet) {
        TrialVolume grown = scene.sandbox()
                .csi()
                .expand(scene.volume(), 2 * scene.options().size().bytes());
        kubelet.expand(grown);
        scene.volumeIs(grown);
    }

    /** Whether growing works under load: ext4 asks for a capability that some containers' root does not have. */
    private boolean canGrowInUse() throws IOException {
        return scene.options().fileSystem() != FileSystemType.EXT4
                || Capabilities.ofThisProcess().has(Capabilities.SYS_RESOURCE);
    }

    private String killAndRestart() throws IOException, InterruptedException {
        Sandbox sandbox = scene.sandbox();
        Path file = scene.files().resolve("journal-without-driver");
        try (JournalWriter writer = JournalWriter.start(file)) {
            goesOn(writer);
            writer.forgetPauses();
            long before = writer.acknowledged();
            sandbox.kill();
            goesOn(writer);
            long alone = writer.acknowledged() - before;
            Duration untilServing = sandbox.start();
            goesOn(writer);
            Duration longest = writer.longestPause();
            CheckFailed.unless(writer.failure() == null, "the writer failed: " + writer.failure());
            scene.remark(count(alone) + " records were written while there was no driver; the new one served after "
                    + time(untilServing));
            return "no error; longest wait of the writer " + time(longest) + "; " + count(writer.acknowledged())
                    + " records";
        }
    }

    private String snapshotAfterRestart() throws IOException {
        Snapshot snapshot = scene.sandbox()
                .csi()
                .createSnapshot(AFTER_RESTART, scene.volume().id());
        CheckFailed.unless(snapshot.getReadyToUse(), "it is not ready to use");
        List<String> volumes = scene.sandbox().csi().volumes();
        CheckFailed.unless(
                volumes.contains(scene.volume().id())
                        && volumes.contains(scene.copy().id()),
                "the restarted driver knows only the volumes " + volumes);
        return "taken; volumes, mounts and snapshots of before are known; "
                + intact(scene.files().resolve("journal-without-driver"));
    }

    private static void goesOn(JournalWriter writer) throws InterruptedException {
        CheckFailed.unless(writer.awaitProgress(25, PATIENCE), "the writer does not get on: " + writer.failure());
    }

    private static String intact(Path file) throws IOException {
        Journal journal = Journal.read(file);
        CheckFailed.unless(
                journal.tornBytes() == 0, file.getFileName() + " is damaged after record " + journal.records());
        return count(journal.records()) + " records intact";
    }
}
