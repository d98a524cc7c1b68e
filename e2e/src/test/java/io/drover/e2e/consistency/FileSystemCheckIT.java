package io.drover.e2e.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The check that the other tests rest on finds what it is there to find. No Drover is involved. */
@Tag("root")
class FileSystemCheckIT {
    private static final long GIBI = 1L << 30;

    @Test
    void aBrokenPromiseAndADamagedFileSystemAreFound() throws IOException {
        Host.needs(PoolEngine.XFS);
        Host.needs("mkfs.ext4");
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), PoolEngine.XFS, GIBI)) {
            // Given: an image as Drover makes them, under the workload
            Path image = Files.createDirectory(pool.path().resolve("original")).resolve("image");
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(64L << 20);
            }
            String device = HostCommand.run("losetup", "--find", "--show", "--direct-io=on", image.toString());
            Path mountpoint = workspace.directory("own");
            HostCommand.run("mkfs.ext4", "-q", device);
            HostCommand.run("mount", device, mountpoint.toString());
            Promises promises;
            Path copy = Files.createDirectory(pool.path().resolve("copy")).resolve("image");
            try (Workload workload = new Workload(mountpoint)) {
                workload.awaitProgress();
                promises = workload.promises();

                // When
                HostCommand.run("cp", "--reflink=always", image.toString(), copy.toString());
                workload.check();
            } finally {
                HostCommand.run("umount", mountpoint.toString());
                HostCommand.run("losetup", "-d", device);
            }
            Promises tooMuch = new Promises(promises.records() + 100_000, promises.renames() + 100_000, 0);

            // Then
            assertThat(FileSystemCheck.problems(workspace, pool, copy, promises, false))
                    .isEmpty();
            assertThat(FileSystemCheck.problems(workspace, pool, copy, tooMuch, false))
                    .hasSize(2);
            damage(copy);
            assertThat(FileSystemCheck.problems(workspace, pool, copy, new Promises(0, 0, 0), false))
                    .anyMatch(problem -> problem.contains("e2fsck"));
        }
    }

    /** Turns the bits of the first group's block bitmap, found by dumpe2fs. */
    private static void damage(Path image) throws IOException {
        String bitmap = HostCommand.run(
                "sh",
                "-c",
                "dumpe2fs " + image + " 2> /dev/null | sed -n 's/.*Block bitmap at \\([0-9]*\\).*/\\1/p' | head -n 1");
        String size =
                HostCommand.run("sh", "-c", "dumpe2fs -h " + image + " 2> /dev/null | sed -n 's/^Block size: *//p'");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(Long.parseLong(bitmap) * Long.parseLong(size));
            file.write(new byte[64]);
        }
    }
}
