package io.drover.core.exec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where programs are, and which Debian package brings a missing one. The caller's {@code PATH} is not asked. */
public final class Programs {
    private static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

    private static final Map<String, String> PACKAGES = Map.ofEntries(
            Map.entry("mkfs.ext4", "e2fsprogs"),
            Map.entry("e2fsck", "e2fsprogs"),
            Map.entry("fsck.ext4", "e2fsprogs"),
            Map.entry("resize2fs", "e2fsprogs"),
            Map.entry("dumpe2fs", "e2fsprogs"),
            Map.entry("tune2fs", "e2fsprogs"),
            Map.entry("mkfs.xfs", "xfsprogs"),
            Map.entry("xfs_repair", "xfsprogs"),
            Map.entry("xfs_growfs", "xfsprogs"),
            Map.entry("xfs_info", "xfsprogs"),
            Map.entry("xfs_admin", "xfsprogs"),
            Map.entry("xfs_io", "xfsprogs"),
            Map.entry("mkfs.btrfs", "btrfs-progs"),
            Map.entry("btrfs", "btrfs-progs"),
            Map.entry("btrfstune", "btrfs-progs"),
            Map.entry("find", "findutils"),
            Map.entry("sleep", "coreutils"),
            Map.entry("fio", "fio"),
            Map.entry("mount", "mount"),
            Map.entry("umount", "mount"),
            Map.entry("losetup", "mount"));

    private final List<Path> directories;

    /** Looks in these directories, in this order. */
    public Programs(List<Path> directories) {
        this.directories = List.copyOf(directories);
    }

    /** Looks where a Linux host has its programs. */
    public static Programs ofHost() {
        return new Programs(DIRECTORIES);
    }

    /** The program's file, empty if there is none. */
    public Optional<Path> find(String program) {
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The Debian package to install for a program; {@code util-linux} has all that is not listed. */
    public static String packageOf(String program) {
        return PACKAGES.getOrDefault(program, "util-linux");
    }

    /** As the value of {@code PATH}, for programs that start others. */
    String searchPath() {
        return String.join(":", directories.stream().map(Path::toString).toList());
    }
}
