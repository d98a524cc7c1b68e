package io.drover.node.backuptarget;

import io.drover.core.sys.DeviceNumber;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.MountFlag;
import io.drover.core.sys.Propagation;
import io.drover.core.sys.UnmountFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A table of mounts in a file, a line {@code type source target} each. Nothing of the rest: that is for commands. */
final class TableOfMounts implements MountCalls {
    private final Path file;

    TableOfMounts(Path file) {
        this.file = file;
    }

    @Override
    public List<Mount> mounts() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(line -> line.split(" "))
                            .map(words -> new Mount(
                                    1,
                                    0,
                                    DeviceNumber.parse("0:50"),
                                    "/",
                                    Path.of(words[2]),
                                    List.of("rw"),
                                    List.of(),
                                    words[0],
                                    words[1],
                                    List.of("rw")))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void mount(String source, Path target, String type, Set<MountFlag> flags, String data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bind(Path source, Path target, Set<MountFlag> flags) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remount(Path target, boolean bind, Set<MountFlag> flags, String data) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void propagation(Path target, Propagation propagation, boolean recursive) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unmount(Path target, Set<UnmountFlag> flags) {
        throw new UnsupportedOperationException();
    }
}
