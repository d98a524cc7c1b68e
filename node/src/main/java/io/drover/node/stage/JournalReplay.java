package io.drover.node.stage;

import io.drover.core.fault.FaultPoints;
import io.drover.core.file.Directories;
import io.drover.core.model.FileSystemType;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.MountCalls;
import io.drover.node.device.LoopDevice;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.mount.MountOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Lets XFS and btrfs replay their log before they are staged read-only, which they cannot do on a device that refuses writes: mounts
 * them for a moment at a place of our own, {@code <state>/replay/<volume>}. (ext4's journal is replayed by its check.)
 */
final class JournalReplay {
    private final Path directory;
    private final VolumePaths paths;
    private final MountCalls mounts;
    private final FileSystems fileSystems;
    private final FaultPoints faults;

    JournalReplay(StageParts parts) {
        this.directory = parts.state().resolve("replay");
        this.paths = parts.paths();
        this.mounts = parts.mounts();
        this.fileSystems = parts.fileSystems();
        this.faults = parts.faults();
    }

    void replay(VolumeId volume, FileSystemType type, LoopDevice device) {
        if (type == FileSystemType.EXT4) {
            return;
        }
        Path place = directory.resolve(volume.value());
        Directories.create(place);
        fileSystems.mount(type, device, place, MountOptions.NONE);
        faults.reach("stage.replayed");
        end(volume);
    }

    /** Ends what an earlier process began. Nothing there: nothing is done. */
    void end(VolumeId volume) {
        Path place = directory.resolve(volume.value());
        if (!Files.isDirectory(place)) {
            return;
        }
        VolumePaths.canonical(place).ifPresent(canonical -> {
            while (paths.look(canonical, volume) instanceof PathState.ShowsFileSystem) {
                mounts.unmount(canonical, Set.of());
            }
        });
        try {
            Files.delete(place);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + place, e);
        }
    }
}
