package io.drover.node.stage;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.VolumeId;
import io.drover.core.sys.BlockDeviceCalls;
import io.drover.core.sys.FileSystemCalls;
import io.drover.core.sys.FileSystemStatistics;
import io.drover.core.sys.Mount;
import io.drover.core.sys.SystemCallException;
import io.drover.node.device.LoopDevice;
import io.drover.node.stage.VolumeStatistics.Usage;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures volumes where they are staged or published. Changes nothing, and waits for no operation. */
public final class StatisticsService {
    private final VolumePaths paths;
    private final BlockDeviceCalls blockDevices;
    private final FileSystemCalls fileSystems;
    private final BlockStaging blocks;

    public StatisticsService(StageParts parts) {
        this.paths = parts.paths();
        this.blockDevices = parts.blockDevices();
        this.fileSystems = parts.fileSystemCalls();
        this.blocks = new BlockStaging(parts);
    }

    /**
     * Looks at a volume.
     *
     * @throws StorageException NOT_FOUND if it is neither staged nor published at the path
     */
    public VolumeStatistics of(VolumeId volume, Path path) {
        Path canonical = VolumePaths.canonical(path).orElseThrow(() -> notAt(volume, path));
        return switch (paths.look(canonical, volume)) {
            case PathState.ShowsFileSystem(Mount mount, LoopDevice device) -> fileSystem(mount, device, canonical);
            case PathState.ShowsDevice(Mount _, LoopDevice device) -> device(device);
            case PathState.ShowsOther _ -> throw notAt(volume, path);
            case PathState.Unmounted _ ->
                device(blocks.boundAt(canonical.resolve(VolumePaths.DEVICE_FILE), volume)
                        .orElseThrow(() -> notAt(volume, path)));
        };
    }

    private VolumeStatistics fileSystem(Mount mount, LoopDevice device, Path path) {
        List<String> problems = problems(device);
        if (mount.superOptions().contains("ro") && !device.readOnly()) {
            problems.add(
                    "the file system has become read-only after an error; see the kernel's log, then stop the pods and "
                            + "start them again to have it checked");
        }
        try {
            FileSystemStatistics statistics = fileSystems.statistics(path);
            problems.addAll(errorsOf(mount, device));
            requireAnswer(path);
            Usage bytes = new Usage(
                    statistics.totalBytes(),
                    Optional.of(statistics.usedBytes()),
                    Optional.of(statistics.availableBytes()));
            return new VolumeStatistics(bytes, inodes(statistics), joined(problems));
        } catch (SystemCallException | IOException | DirectoryIteratorException e) {
            problems.add("the file system does not answer (" + e.getMessage()
                    + "); see the kernel's log, then stop the pods and start them again");
            Usage bytes = new Usage(device.sizeBytes(), Optional.empty(), Optional.empty());
            return new VolumeStatistics(bytes, Optional.empty(), joined(problems));
        }
    }

    /** XFS that has shut itself down still answers statfs(2), and refuses to list a directory. */
    private static void requireAnswer(Path path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            var _ = entries.iterator().hasNext();
        }
    }

    private VolumeStatistics device(LoopDevice device) {
        Usage bytes = new Usage(blockDevices.sizeBytes(device.path()), Optional.empty(), Optional.empty());
        return new VolumeStatistics(bytes, Optional.empty(), joined(problems(device)));
    }

    private static Optional<Usage> inodes(FileSystemStatistics statistics) {
        if (statistics.totalInodes() == 0) {
            return Optional.empty();
        }
        long used = statistics.totalInodes() - statistics.freeInodes();
        return Optional.of(
                new Usage(statistics.totalInodes(), Optional.of(used), Optional.of(statistics.freeInodes())));
    }

    private static List<String> problems(LoopDevice device) {
        List<String> problems = new ArrayList<>();
        if (device.deleted()) {
            problems.add("the image behind " + device.path()
                    + " was deleted: everything is lost when the volume is unstaged; " + "copy the data away now");
        }
        return problems;
    }

    /** ext4 counts the errors that it met (Documentation/ABI/testing/sysfs-fs-ext4). */
    private static List<String> errorsOf(Mount mount, LoopDevice device) {
        Path counter =
                Path.of("/sys/fs/" + mount.type(), device.path().getFileName().toString(), "errors_count");
        try {
            String count = Files.exists(counter) ? Files.readString(counter).strip() : "0";
            return count.equals("0")
                    ? List.of()
                    : List.of(
                            "the file system has met " + count
                                    + " errors since it was last checked; stop the pods and start them again to have it checked");
        } catch (IOException e) {
            return List.of("the error counter of the file system cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> joined(List<String> problems) {
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    private static StorageException notAt(VolumeId volume, Path path) {
        return new StorageException(
                ErrorCode.NOT_FOUND, "volume " + volume + " is neither staged nor published at " + path);
    }
}
