package io.drover.node.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.fault.FaultPoints;
import io.drover.core.model.AccessMode;
import io.drover.core.model.ByteSize;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.node.testing.CrashAt;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call ended between any two of its steps, and repeated by a process that has just started. */
@Tag("root")
class InterruptedStagingIT {
    /** What is to be interrupted. */
    record Scene(String name, VolumeAccess access, AccessMode mode, boolean readOnly) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final VolumeAccess EXT4 =
            StagingHost.mounted(FileSystemType.EXT4, io.drover.node.mount.MountOptions.NONE);
    private static final VolumeAccess BTRFS =
            StagingHost.mounted(FileSystemType.BTRFS, io.drover.node.mount.MountOptions.NONE);

    static Stream<Scene> scenes() {
        return Stream.of(
                new Scene("ext4", EXT4, AccessMode.SINGLE_NODE_MULTI_WRITER, false),
                new Scene("ext4 published read-only", EXT4, AccessMode.SINGLE_NODE_MULTI_WRITER, true),
                new Scene("btrfs staged read-only", BTRFS, AccessMode.SINGLE_NODE_READER_ONLY, true),
                new Scene("block", new VolumeAccess.Block(), AccessMode.SINGLE_NODE_WRITER, false),
                new Scene("block published read-only", new VolumeAccess.Block(), AccessMode.SINGLE_NODE_WRITER, true),
                new Scene(
                        "block staged read-only", new VolumeAccess.Block(), AccessMode.SINGLE_NODE_READER_ONLY, true));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void everyStepMayBeTheLastOne(Scene scene) {
        List<String> points = pointsOf(scene);
        assertThat(points).hasSizeGreaterThan(5);
        for (String point : points) {
            interruptAndRepeat(scene, point);
        }
    }

    @Test
    void devicesOfAnEndedProcessAreFoundAndDetached() {
        try (StagingHost host = new StagingHost()) {
            // Given
            VolumeId volume = host.volume("pvc-1", 64);
            VolumeId used = host.volume("pvc-2", 64);
            StageRequest request = host.stageMounted(volume, FileSystemType.EXT4);
            assertThatThrownBy(() -> new StageService(host.start(new CrashAt("stage.attached"))).stage(request))
                    .isInstanceOf(CrashAt.Crash.class);
            new StageService(host.start())
                    .stage(new StageRequest(
                            used,
                            request.disk(),
                            host.scratch.directory("other"),
                            new VolumeAccess.Block(),
                            AccessMode.SINGLE_NODE_WRITER));
            assertThat(host.devices(volume)).hasSize(1);
            // When
            StageParts parts = host.start();
            assertThat(host.stale(parts).detachAll()).hasSize(1);
            // Then
            assertThat(host.devices(volume)).isEmpty();
            assertThat(host.devices(used)).hasSize(1);
            // When the image of a device that nobody uses is deleted
            new StageService(parts).unstage(used, host.scratch.directory("other"));
            assertThatThrownBy(() -> new StageService(host.start(new CrashAt("stage.attached"))).stage(request))
                    .isInstanceOf(CrashAt.Crash.class);
            assertThat(host.image(volume).toFile().delete()).isTrue();
            assertThat(host.stale(parts).detachAll()).hasSize(1);
            assertThat(host.scratch.loops()).isEmpty();
        }
    }

    private static List<String> pointsOf(Scene scene) {
        try (StagingHost host = new StagingHost()) {
            CrashAt notes = new CrashAt("");
            prepare(host, scene);
            run(host, scene, notes);
            return notes.passed();
        }
    }

    private static void interruptAndRepeat(Scene scene, String point) {
        try (StagingHost host = new StagingHost()) {
            VolumeId volume = prepare(host, scene);
            assertThatThrownBy(() -> run(host, scene, new CrashAt(point)))
                    .as(point)
                    .isInstanceOf(CrashAt.Crash.class);
            run(host, scene, FaultPoints.NONE);
            assertThat(host.devices(volume)).as(point).isEmpty();
            assertThat(host.scratch.mounts()).as(point).isEmpty();
            assertThat(host.staging).as(point).isEmptyDirectory();
            assertThat(host.pods).as(point).isEmptyDirectory();
            assertThat(host.image(volume).resolveSibling("formatting"))
                    .as(point)
                    .doesNotExist();
        }
    }

    /** A blank volume, but one with a file system where the scene makes none. */
    private static VolumeId prepare(StagingHost host, Scene scene) {
        VolumeId volume = host.volume("pvc-1", 128);
        if (scene.mode().isReadOnly() && scene.access() instanceof VolumeAccess.Mounted) {
            StageService service = new StageService(host.start());
            service.stage(host.stageMounted(volume, FileSystemType.BTRFS));
            service.unstage(volume, host.staging);
        }
        return volume;
    }

    /** A volume's life; each call by a new process, as after a crash. */
    private static void run(StagingHost host, Scene scene, FaultPoints faults) {
        VolumeId volume = new VolumeId("pvc-1");
        StageRequest stage = new StageRequest(
                volume, java.util.Optional.of(StagingHost.DISK), host.staging, scene.access(), scene.mode());
        PublishRequest publish = host.publish(volume, "a", scene.access(), scene.mode(), scene.readOnly());
        new StageService(host.start(faults)).stage(stage);
        new PublishService(host.start(faults)).publish(publish);
        boolean readOnly = host.scratch.mounts().stream()
                .filter(mount -> mount.target().equals(host.pods.resolve("a")))
                .allMatch(mount -> mount.isReadOnly() || scene.access() instanceof VolumeAccess.Block);
        assertThat(readOnly || !scene.readOnly()).isTrue();
        host.resize(volume, 160);
        new ExpandService(host.start(faults)).expand(volume, publish.targetPath(), ByteSize.ofMebi(160));
        new PublishService(host.start(faults)).unpublish(volume, publish.targetPath());
        new StageService(host.start(faults)).unstage(volume, host.staging);
    }
}
