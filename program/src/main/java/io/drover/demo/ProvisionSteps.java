package io.drover.demo;

import static io.drover.output.Figures.bytes;
import static io.drover.output.Figures.time;

import io.drover.csi.v1.GetPluginInfoResponse;
import io.drover.proto.operations.v1.DiskSummary;
import io.drover.proto.operations.v1.ListDisksRequest;
import io.drover.sandbox.CsiClient;
import io.drover.sandbox.Kubelet;
import io.drover.sandbox.Manifest;
import io.drover.sandbox.SampleFiles;
import io.drover.sandbox.TrialVolume;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How a volume begins: a driver, a volume, a mount, files. */
final class ProvisionSteps {
    static final String VOLUME = "demo-volume";
    static final int FILES = 48;
    static final int FILE_BYTES = 512 << 10;

    private final Scene scene;

    ProvisionSteps(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step("start the driver", this::startDriver),
                new Step("create a volume", this::createVolume),
                new Step("attach and mount it", this::mount),
                new Step("write files", this::writeFiles));
    }

    private String startDriver() throws IOException, InterruptedException {
        Duration untilServing = scene.sandbox().start();
        GetPluginInfoResponse info = scene.sandbox().csi().info();
        scene.remark(info.getName() + " " + info.getVendorVersion() + " serves CSI on "
                + scene.sandbox().csiSocket());
        List<DiskSummary> disks = scene.sandbox()
                .operations()
                .listDisks(ListDisksRequest.getDefaultInstance())
                .getDisksList();
        CheckFailed.unless(disks.size() == 1, "the driver has " + disks.size() + " disks instead of one");
        DiskSummary disk = disks.getFirst();
        CheckFailed.unless(disk.getProblem().isEmpty(), "its disk: " + disk.getProblem());
        CheckFailed.unless(
                scene.options().engine().stream().allMatch(disk.getEngine()::equals),
                "the pool is " + disk.getEngine() + ", asked for was "
                        + scene.options().engine().orElse(""));
        return "serves after " + time(untilServing) + "; " + disk.getEngine() + " pool of "
                + bytes(disk.getCapacityBytes());
    }

    private String createVolume() {
        CsiClient csi = scene.sandbox().csi();
        var capability = TrialVolume.fileSystem(scene.options().fileSystem().text());
        long size = scene.options().size().bytes();
        TrialVolume volume = csi.createVolume(VOLUME, size, capability);
        scene.volumeIs(volume);
        CheckFailed.unless(
                volume.sizeBytes() >= size, "it has " + volume.sizeBytes() + " bytes, asked for were " + size);
        TrialVolume again = csi.createVolume(VOLUME, size, capability);
        CheckFailed.unless(again.id().equals(volume.id()), "the same call again made another volume, " + again.id());
        Status refusal = refusal(() -> csi.createVolume(VOLUME, 2 * size, capability));
        CheckFailed.unless(
                refusal.getCode() == Status.Code.ALREADY_EXISTS,
                "its name with another size was answered " + refusal.getCode() + " instead of ALREADY_EXISTS");
        return bytes(volume.sizeBytes()) + "; the same call again: the same volume; with another size: refused";
    }

    private String mount() throws IOException {
        Kubelet kubelet = scene.sandbox().kubelet();
        long begin = System.nanoTime();
        Map<String, String> context = kubelet.publish(scene.volume());
        long published = System.nanoTime();
        kubelet.stage(scene.volume(), context);
        long staged = System.nanoTime();
        Path files = kubelet.mount(scene.volume(), context);
        long mounted = System.nanoTime();
        String type = Files.getFileStore(files).type();
        String wanted = scene.options().fileSystem().text();
        CheckFailed.unless(type.equals(wanted), "there is " + type + " at " + files + " instead of " + wanted);
        return type + " of " + bytes(kubelet.usage(scene.volume().id()).getTotal()) + "; ControllerPublish "
                + between(begin, published) + ", NodeStage with mkfs " + between(published, staged) + ", NodePublish "
                + between(staged, mounted);
    }

    private String writeFiles() throws IOException {
        SampleFiles.write(scene.files(), "first", FILES, FILE_BYTES, 1);
        Manifest manifest = Manifest.of(scene.files());
        CheckFailed.unless(manifest.files() == FILES, manifest.files() + " files are there instead of " + FILES);
        scene.originalIs(manifest);
        return FILES + " files, " + bytes((long) FILES * FILE_BYTES) + ", SHA-256 of all " + manifest.fingerprint();
    }

    /** The answer of a call that has to be refused; OK if it was not. */
    static Status refusal(Runnable call) {
        try {
            call.run();
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private static String between(long from, long to) {
        return time(Duration.ofNanos(to - from));
    }
}
