package io.drover.core.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

final class LinuxMountCalls implements MountCalls {
    private final Kernel kernel;
    private final Path table;

    LinuxMountCalls(Kernel kernel, Path table) {
        this.kernel = kernel;
        this.table = table;
    }

    @Override
    public void mount(String source, Path target, String type, Set<MountFlag> flags, String data) {
        kernel.call(
                "mount",
                source + " at " + target,
                () -> kernel.c().mount(source, target.toString(), type, bits(flags), data));
    }

    @Override
    public void bind(Path source, Path target, Set<MountFlag> flags) {
        Set<MountFlag> first = EnumSet.of(MountFlag.BIND);
        Set<MountFlag> then = flags.isEmpty() ? EnumSet.noneOf(MountFlag.class) : EnumSet.copyOf(flags);
        then.remove(MountFlag.BIND);
        if (then.remove(MountFlag.RECURSIVE)) {
            first.add(MountFlag.RECURSIVE);
        }
        kernel.call(
                "mount (bind)",
                source + " at " + target,
                () -> kernel.c().mount(source.toString(), target.toString(), null, bits(first), null));
        if (then.isEmpty()) {
            return;
        }
        try {
            remount(target, true, then, "");
        } catch (SystemCallException e) {
            unmount(target, Set.of(UnmountFlag.DETACH));
            throw e;
        }
    }

    @Override
    public void remount(Path target, boolean bind, Set<MountFlag> flags, String data) {
        long bits = bits(flags) | MountFlag.REMOUNT.bits() | (bind ? MountFlag.BIND.bits() : 0);
        kernel.call("mount (remount)", target, () -> kernel.c().mount("none", target.toString(), null, bits, data));
    }

    @Override
    public void propagation(Path target, Propagation propagation, boolean recursive) {
        long bits = propagation.bits() | (recursive ? MountFlag.RECURSIVE.bits() : 0);
        kernel.call("mount (propagation)", target, () -> kernel.c().mount("none", target.toString(), null, bits, null));
    }

    @Override
    public void unmount(Path target, Set<UnmountFlag> flags) {
        int bits = flags.stream().mapToInt(UnmountFlag::bits).reduce(0, (a, b) -> a | b);
        kernel.call("umount2", target, () -> kernel.c().umount2(target.toString(), bits));
    }

    @Override
    public List<Mount> mounts() {
        try {
            return MountInfo.parse(Files.readAllLines(table));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table of mounts " + table, e);
        }
    }

    private static long bits(Set<MountFlag> flags) {
        return flags.stream().mapToLong(MountFlag::bits).reduce(0, (a, b) -> a | b);
    }
}
