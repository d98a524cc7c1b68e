package io.drover.node.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which file systems the running kernel has, built in or as a module. */
final class KernelFileSystems {
    private final Path root;

    /** @param root {@code /}, but for tests */
    KernelFileSystems(Path root) {
        this.root = root;
    }

    /** What new pools get: btrfs where the kernel has it, XFS otherwise. */
    DiskEngine preferred() {
        return has(DiskEngine.BTRFS) ? DiskEngine.BTRFS : DiskEngine.XFS;
    }

    boolean has(DiskEngine engine) {
        try {
            boolean loaded = Files.readAllLines(root.resolve("proc/filesystems")).stream()
                    .map(String::strip)
                    .anyMatch(engine.text()::equals);
            if (loaded) {
                return true;
            }
            String release =
                    Files.readString(root.resolve("proc/sys/kernel/osrelease")).strip();
            return Files.isDirectory(
                    root.resolve("lib/modules").resolve(release).resolve("kernel/fs/" + engine.text()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the kernel for its file systems", e);
        }
    }
}
