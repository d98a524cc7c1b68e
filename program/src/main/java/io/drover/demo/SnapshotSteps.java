package io.drover.demo;

import static io.drover.output.Figures.bytes;
import static io.drover.output.Figures.count;
import static io.drover.output.Figures.time;

import io.drover.core.model.ByteRange;
import io.drover.core.sys.ExtentCalls;
import io.drover.csi.v1.Snapshot;
import io.drover.proto.operations.v1.RevertVolumeRequest;
import io.drover.sandbox.CsiClient;
import io.drover.sandbox.JournalWriter;
import io.drover.sandbox.Kubelet;
import io.drover.sandbox.Manifest;
import io.drover.sandbox.SampleFiles;
import io.drover.sandbox.TrialVolume;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What snapshots are good for: taken under load, compared, gone back to, cloned. */
final class SnapshotSteps {
    private static final String FIRST = "demo-first";
    private static final String SECOND = "demo-second";
    private static final String COPY = "demo-clone";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scene scene;
    private final ExtentCalls extents;

    SnapshotSteps(Scene scene, ExtentCalls extents) {
        this.scene = scene;
        this.extents = extents;
    }

    List<Step> steps() {
        return List.of(
                new Step("snapshot while writing", this::snapshotWhileWriting),
                new Step("change the files", this::changeFiles),
                new Step("read the changed blocks", this::readChangedBlocks),
                new Step("revert while mounted: refused", this::revertWhileMounted),
                new Step("revert", this::revert),
                new Step("clone, twice as large", this::cloneLarger));
    }

    private String snapshotWhileWriting() throws IOException, InterruptedException {
        try (JournalWriter writer = JournalWriter.start(scene.files().resolve(Scene.JOURNAL))) {
            CheckFailed.unless(writer.awaitProgress(50, PATIENCE), "the writer does not get on: " + writer.failure());
            writer.forgetPauses();
            long acknowledged = writer.acknowledged();
            long begin = System.nanoTime();
            Snapshot snapshot =
                    scene.sandbox().csi().createSnapshot(FIRST, scene.volume().id());
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            scene.snapshotIs(snapshot.getSnapshotId(), acknowledged);
            CheckFailed.unless(snapshot.getReadyToUse(), "the snapshot is not ready to use");
            CheckFailed.unless(
                    writer.awaitProgress(20, PATIENCE), "the writer did not go on afterwards: " + writer.failure());
            return "taken in " + time(taken) + "; the writer went on and never waited longer than "
                    + time(writer.longestPause()) + "; " + count(acknowledged) + " records before";
        }
    }

    private String changeFiles() throws IOException {
        Path files = scene.files();
        for (int i = 0; i < 8; i++) {
            SampleFiles.overwrite(files.resolve("first-0/first-" + i + ".bin"), 64 << 10, 128 << 10, 100 + i);
        }
        for (int i = 8; i < 12; i++) {
            Files.delete(files.resolve("first-0/first-" + i + ".bin"));
        }
        SampleFiles.write(files, "second", 8, ProvisionSteps.FILE_BYTES, 2);
        int now = Manifest.of(files).without(Scene.JOURNAL).files();
        int wanted = ProvisionSteps.FILES - 4 + 8;
        CheckFailed.unless(now == wanted, now + " files are there instead of " + wanted);
        return "8 files overwritten in part, 4 deleted, 8 new ones";
    }

    private String readChangedBlocks() throws IOException {
        CsiClient csi = scene.sandbox().csi();
        Snapshot second = csi.createSnapshot(SECOND, scene.volume().id());
        List<ByteRange> allocated = csi.allocatedRanges(second.getSnapshotId());
        List<ByteRange> changed = csi.changedRanges(scene.firstSnapshot(), second.getSnapshotId());
        List<String> missed = new ImageComparison(extents)
                .differencesOutside(
                        changed,
                        scene.sandbox().snapshotImage(scene.firstSnapshot()),
                        scene.sandbox().snapshotImage(second.getSnapshotId()));
        CheckFailed.ifAny(missed, "the snapshots differ outside of the changed blocks");
        long written = 8L * (128 << 10) + 8L * ProvisionSteps.FILE_BYTES;
        CheckFailed.unless(
                total(changed) >= written, bytes(total(changed)) + " changed, but " + bytes(written) + " were written");
        CheckFailed.unless(
                total(changed) < total(allocated),
                "all of the " + bytes(total(allocated)) + " that are allocated are called changed");
        return bytes(total(changed)) + " changed in " + count(changed.size()) + " ranges, " + bytes(total(allocated))
                + " allocated; both images compared: equal everywhere else";
    }

    private String revertWhileMounted() throws IOException {
        Manifest before = Manifest.of(scene.files());
        Status refusal = ProvisionSteps.refusal(this::callRevert);
        scene.remark(Objects.requireNonNullElse(refusal.getDescription(), "no message"));
        CheckFailed.unless(
                refusal.getCode() == Status.Code.FAILED_PRECONDITION,
                "it was answered " + refusal.getCode() + " instead of FAILED_PRECONDITION");
        Manifest after = Manifest.of(scene.files());
        CheckFailed.ifAny(after.differencesFrom(before), "the refused revert changed files");
        return "FAILED_PRECONDITION; the " + after.files() + " files of now are untouched";
    }

    private String revert() throws IOException {
        Kubelet kubelet = scene.sandbox().kubelet();
        kubelet.detach(scene.volume().id());
        long begin = System.nanoTime();
        String safety = callRevert();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        scene.remark("the state of before the revert is kept as snapshot " + safety);
        kubelet.attach(scene.volume());
        return "reverted in " + time(taken) + "; " + scene.checkOriginalContent(scene.files());
    }

    private String cloneLarger() throws IOException {
        Kubelet kubelet = scene.sandbox().kubelet();
        long size = 2 * scene.options().size().bytes();
        long begin = System.nanoTime();
        TrialVolume copy =
                scene.sandbox().csi().restore(COPY, size, scene.volume().capability(), scene.firstSnapshot());
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        scene.copyIs(copy);
        Path files = kubelet.attach(copy);
        String content = scene.checkOriginalContent(files);
        long total = kubelet.usage(copy.id()).getTotal();
        CheckFailed.unless(
                total > scene.options().size().bytes(),
                "its file system has only " + bytes(total) + " of " + bytes(size));
        SampleFiles.overwrite(files.resolve("first-0/first-0.bin"), 0, 4096, 77);
        scene.checkOriginalContent(scene.files());
        return "made in " + time(taken) + ", " + bytes(total) + "; " + content + "; its writes are its own";
    }

    private String callRevert() {
        return scene.sandbox()
                .operations()
                .revertVolume(RevertVolumeRequest.newBuilder()
                        .setName(scene.volume().id())
                        .setSnapshot(FIRST)
                        .build())
                .getSafetySnapshot();
    }

    private static long total(List<ByteRange> ranges) {
        return ranges.stream().mapToLong(ByteRange::length).sum();
    }
}
