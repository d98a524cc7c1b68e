package io.drover.e2e.consistency;

import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks at an ext4 image as after a loss of power: the kernel replays the journal, the files are held against what the workload was
 * promised, and then a full check must find nothing to repair. The image itself is left alone; a clone of it is looked at.
 */
final class FileSystemCheck {
    private FileSystemCheck() {}

    /** What is wrong, one line each; empty if all is well. */
    static List<String> problems(Workspace workspace, Pool pool, Path image, Promises promises, boolean alsoPlain) {
        return onClone(workspace, pool, image, mountpoint -> promisesBroken(mountpoint, promises, alsoPlain));
    }

    /** Looks at the files of a clone of the image, checks its file system, and adds what is wrong with that. */
    static List<String> onClone(Workspace workspace, Pool pool, Path image, Look look) {
        Path home = pool.path().resolve("e2e-copy");
        Path copy = home.resolve("image");
        Path mountpoint = workspace.directory("look");
        HostCommand.run(cloneOf(pool, image, home));
        HostCommand.run("chmod", "u+w", copy.toString());
        String device = HostCommand.run("losetup", "--find", "--show", copy.toString());
        try {
            List<String> problems = new ArrayList<>();
            HostCommand.run("mount", "-t", "ext4", device, mountpoint.toString());
            try {
                problems.addAll(look.at(mountpoint));
            } catch (IOException e) {
                problems.add("cannot be read: " + e);
            } finally {
                HostCommand.run("umount", mountpoint.toString());
            }
            HostCommand.Result check = HostCommand.attempt("e2fsck", "-f", "-n", device);
            if (check.exit() != 0) {
                problems.add("e2fsck exits with " + check.exit() + ": " + check.output());
            }
            return problems;
        } finally {
            HostCommand.run("losetup", "-d", device);
            HostCommand.run(removalOf(pool, home));
        }
    }

    /** An image lies alone in its home, which is a subvolume on btrfs. */
    private static String[] cloneOf(Pool pool, Path image, Path copy) {
        String home = image.resolve("..").normalize().toString();
        return switch (pool.engine()) {
            // A file without copy-on-write, as images are on btrfs, is not cloned by cp.
            case BTRFS -> new String[] {"btrfs", "-q", "subvolume", "snapshot", home, copy.toString()};
            case XFS -> new String[] {"cp", "-r", "--reflink=always", home, copy.toString()};
        };
    }

    private static String[] removalOf(Pool pool, Path copy) {
        return switch (pool.engine()) {
            case BTRFS -> new String[] {"btrfs", "-q", "subvolume", "delete", copy.toString()};
            case XFS -> new String[] {"rm", "-rf", copy.toString()};
        };
    }

    /** Reads what it wants and says what is wrong. */
    @FunctionalInterface
    interface Look {
        List<String> at(Path directory) throws IOException;
    }

    /** Holds the files of a mounted copy against promises. */
    static List<String> promisesBroken(Path directory, Promises promises, boolean alsoPlain) throws IOException {
        List<String> problems = new ArrayList<>();
        long records = wholeRecords(directory.resolve(Workload.LOG), promises.records(), problems);
        if (records < promises.records()) {
            problems.add("the log holds " + records + " of " + promises.records() + " fsynced records");
        }
        long renamed = promises.renames() == 0 ? 0 : number(directory.resolve(Workload.RENAMED));
        if (renamed < promises.renames()) {
            problems.add("the renamed file is at " + renamed + ", not " + promises.renames() + " or later");
        }
        if (alsoPlain) {
            long plain = wholeRecords(directory.resolve(Workload.PLAIN), promises.plain(), problems);
            if (plain < promises.plain()) {
                problems.add("the plain file holds " + plain + " of " + promises.plain() + " records written before");
            }
        }
        return problems;
    }

    /** Reads as many records as are promised, and says how many of them are as they were written. */
    private static long wholeRecords(Path file, long promised, List<String> problems) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        byte[] found = new byte[Workload.RECORD];
        long number = 0;
        for (; number < promised && bytes.remaining() >= found.length; number++) {
            bytes.get(found);
            if (!Arrays.equals(found, Workload.record(number))) {
                problems.add(file.getFileName() + ": record " + number + " is damaged");
                return number;
            }
        }
        return number;
    }

    private static long number(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
