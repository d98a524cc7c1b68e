package io.drover.demo;

import static io.drover.output.Figures.bytes;

import io.drover.sandbox.CsiClient;
import io.drover.sandbox.Kubelet;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.TrialVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How it ends: everything deleted, and nothing left on the host. */
final class RemovalSteps {
    /** What a Java process answers that ends on SIGTERM: 128 + 15. */
    private static final int SIGTERM_EXIT = 143;

    private final Scene scene;

    RemovalSteps(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step("delete clone, volume and backups", this::delete),
                new Step("stop the S3 server and the driver", this::stop),
                new Step("clean up", this::cleanUp));
    }

    private String delete() throws IOException {
        CsiClient csi = scene.sandbox().csi();
        Kubelet kubelet = scene.sandbox().kubelet();
        Path directory = scene.volumeDirectory();
        List<String> snapshots = csi.snapshots(Optional.empty());
        for (TrialVolume volume : List.of(scene.copy(), scene.volume())) {
            kubelet.detach(volume.id());
        }
        csi.deleteVolume(scene.copy().id());
        for (String snapshot : snapshots) {
            csi.deleteSnapshot(snapshot);
        }
        csi.deleteVolume(scene.volume().id());
        csi.deleteVolume(scene.volume().id());
        CheckFailed.ifAny(csi.volumes(), "volumes are left");
        CheckFailed.ifAny(csi.snapshots(Optional.empty()), "snapshots are left");
        CheckFailed.unless(!Files.exists(directory), directory + " is still there");
        CheckFailed.ifAny(blocks(), "blocks are left in the S3 server");
        return "2 volumes and " + snapshots.size() + " backups are gone, here, in the pool and in the S3 server; "
                + bytes(csi.capacity()) + " available";
    }

    private List<String> blocks() throws IOException {
        try (Stream<Path> files = Files.walk(scene.store().bucket(BackupSteps.BUCKET))) {
            return files.filter(file -> file.toString().endsWith(".blk"))
                    .map(Path::toString)
                    .toList();
        }
    }

    private String stop() throws IOException, InterruptedException {
        scene.store().close();
        int exit = scene.sandbox().stop();
        CheckFailed.unless(exit == 0 || exit == SIGTERM_EXIT, "it ended with exit code " + exit);
        return "exit code " + exit;
    }

    private String cleanUp() {
        Sandbox sandbox = scene.sandbox();
        sandbox.close();
        CheckFailed.ifAny(sandbox.leftovers().describe(), "left on this host");
        CheckFailed.unless(!Files.exists(sandbox.directory()), sandbox.directory() + " is still there");
        return "no process, mount, loop device or file is left";
    }
}
