package io.drover.cluster;

import io.drover.core.exec.Programs;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.node.disk.DiskConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks, without changing anything, whether a host has what volumes need. */
final class Preflight {
    /** Programs, what for, and the packages of Debian and of Red Hat that have them. */
    private static final List<Program> PROGRAMS = List.of(
            new Program("mkfs.ext4", Weight.NEEDED, "file systems of volumes", "e2fsprogs"),
            new Program("e2fsck", Weight.NEEDED, "checks before mounting", "e2fsprogs"),
            new Program("resize2fs", Weight.NEEDED, "growing volumes", "e2fsprogs"),
            new Program("blkid", Weight.NEEDED, "looking what is on a device", "util-linux"),
            new Program("mkfs.xfs", Weight.MISSED, "volumes and disks with xfs", "xfsprogs"),
            new Program("xfs_growfs", Weight.MISSED, "growing volumes with xfs", "xfsprogs"),
            new Program("mkfs.btrfs", Weight.MISSED, "volumes and disks with btrfs", "btrfs-progs"),
            new Program(
                    "mount.nfs", Weight.MISSED, "backup targets on NFS", "nfs-common (Debian), nfs-utils (Red Hat)"));

    private final Path root;
    private final boolean superUser;
    private final Function<String, Boolean> programs;
    private final List<Mount> mounts;

    /** How bad it is. */
    enum Weight {
        /** It is there. */
        FINE,
        /** Something does not work without it. */
        MISSED,
        /** Nothing works without it. */
        NEEDED
    }

    /** @param text what is there, or what is missing and what to do */
    record Finding(Weight weight, String text) {
        String line() {
            return switch (weight) {
                case FINE -> "ok       " + text;
                case MISSED -> "missing  " + text;
                case NEEDED -> "NEEDED   " + text;
            };
        }
    }

    private record Program(String name, Weight weight, String use, String packages) {}

    /**
     * @param root where {@code /proc} and {@code /dev} are
     * @param programs whether a program is installed
     */
    Preflight(Path root, boolean superUser, Function<String, Boolean> programs, List<Mount> mounts) {
        this.root = root;
        this.superUser = superUser;
        this.programs = programs;
        this.mounts = mounts;
    }

    static Preflight ofThisHost() {
        return new Preflight(
                Path.of("/"),
                isSuperUser(),
                program -> Programs.ofHost().find(program).isPresent(),
                mountsOfHost());
    }

    /** By the owner of this process: in a container users need not have names. */
    private static boolean isSuperUser() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Mount> mountsOfHost() {
        MountCalls calls = io.drover.core.sys.LinuxSystemCalls.create().mounts();
        return calls.mounts();
    }

    /** All that was looked at, in order. */
    List<Finding> look(Path data, List<DiskConfiguration> disks) {
        List<Finding> findings = new ArrayList<>();
        findings.add(
                superUser
                        ? new Finding(Weight.FINE, "running as root")
                        : new Finding(Weight.NEEDED, "root: loop devices and mounts need it; run as root, privileged"));
        findings.add(device("dev/loop-control", "loop devices", "modprobe loop"));
        findings.add(fileSystem("ext4", Weight.NEEDED, "volumes with ext4"));
        findings.add(pool());
        findings.add(fileSystem("xfs", Weight.MISSED, "volumes with xfs"));
        findings.add(fileSystem("nfs4", Weight.MISSED, "backup targets on NFS"));
        PROGRAMS.forEach(program -> findings.add(program(program)));
        findings.add(dataFolder(data));
        disks.forEach(disk -> findings.add(disk(disk)));
        return findings;
    }

    private Finding device(String path, String what, String remedy) {
        return Files.exists(root.resolve(path))
                ? new Finding(Weight.FINE, what + " (/" + path + ")")
                : new Finding(
                        Weight.NEEDED, what + ": /" + path + " is not there; " + remedy + ", or mount the host's /dev");
    }

    private Finding fileSystem(String type, Weight weight, String use) {
        return switch (kernelHas(type)) {
            case YES -> new Finding(Weight.FINE, "the kernel knows " + type);
            case NO -> new Finding(weight, type + " in the kernel, for " + use + ": modprobe " + type);
            case UNKNOWN -> new Finding(Weight.MISSED, unknown(type, use));
        };
    }

    /** One of the two is what disks are made of. */
    private Finding pool() {
        List<String> known = Stream.of("btrfs", "xfs")
                .filter(type -> kernelHas(type) == Answer.YES)
                .toList();
        if (!known.isEmpty()) {
            return new Finding(Weight.FINE, "disks can be made of " + String.join(" and ", known));
        }
        return Stream.of("btrfs", "xfs").anyMatch(type -> kernelHas(type) == Answer.UNKNOWN)
                ? new Finding(Weight.MISSED, unknown("btrfs or xfs", "disks"))
                : new Finding(Weight.NEEDED, "btrfs or xfs in the kernel, for disks: modprobe btrfs, or modprobe xfs");
    }

    private static String unknown(String type, String use) {
        return type + " in the kernel, for " + use
                + ": it is not loaded, and whether it can be is not known without the"
                + " host's /lib/modules; modprobe it on the host if mounting fails";
    }

    private enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    /** Loaded, or a module that mount(2) loads when it is first needed. */
    private Answer kernelHas(String type) {
        try {
            if (Files.readAllLines(root.resolve("proc/filesystems")).stream()
                    .anyMatch(line -> line.strip().equals(type) || line.endsWith("\t" + type))) {
                return Answer.YES;
            }
            String release =
                    Files.readString(root.resolve("proc/sys/kernel/osrelease")).strip();
            Path list = root.resolve("lib/modules").resolve(release).resolve("modules.alias");
            if (!Files.exists(list)) {
                return Answer.UNKNOWN;
            }
            try (Stream<String> lines = Files.lines(list)) {
                return lines.anyMatch(line -> line.startsWith("alias fs-" + type + " ")) ? Answer.YES : Answer.NO;
            }
        } catch (IOException e) {
            return Answer.UNKNOWN;
        }
    }

    private Finding program(Program program) {
        return programs.apply(program.name())
                ? new Finding(Weight.FINE, program.name())
                : new Finding(
                        program.weight(),
                        program.name() + ", for " + program.use() + ": install the package " + program.packages());
    }

    private Finding dataFolder(Path data) {
        Path existing = existing(data.toAbsolutePath());
        return Files.isWritable(existing)
                ? new Finding(Weight.FINE, "the data folder " + data)
                : new Finding(Weight.NEEDED, "the data folder " + data + ": " + existing + " cannot be written");
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return Files.exists(folder) || parent == null ? folder : existing(parent);
    }

    private Finding disk(DiskConfiguration disk) {
        Path path = disk.path();
        if (!Files.exists(path)) {
            return new Finding(
                    Weight.NEEDED, "disk " + path + ": it does not exist; make the folder, or correct the path");
        }
        boolean mounted = mounts.stream().anyMatch(mount -> mount.source().equals(path.toString()));
        if (mounted && !Files.isDirectory(path)) {
            return new Finding(
                    Weight.MISSED,
                    String.format(Locale.ROOT, "disk %s: it is mounted; only Drover's own mount of it is right", path));
        }
        return new Finding(Weight.FINE, "disk " + path + (Files.isDirectory(path) ? " (folder)" : " (device)"));
    }
}
