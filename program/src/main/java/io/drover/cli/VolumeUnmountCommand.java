package io.drover.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover volume unmount}. */
@Command(
        name = "unmount",
        description = "Undoes `drover volume mount`, and detaches the volume when nothing of it is mounted any more.",
        footer = {"", "Examples:", "  drover volume unmount data", "  drover volume unmount data /mnt/look"})
final class VolumeUnmountCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "<volume>")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "<path>",
            arity = "0..1",
            description = "Where it is mounted; may be left out if that is one place.")
    private @Nullable Path path;

    @Override
    public Integer call() {
        Optional<Path> target =
                Optional.ofNullable(path).map(given -> given.toAbsolutePath().normalize());
        try (Client client = server.connect()) {
            List<Path> left = VolumeMounts.unmount(client, name, target);
            output.done(
                    left.isEmpty()
                            ? "volume " + name + " is unmounted and detached"
                            : "unmounted; volume " + name + " is still in use at " + left);
        }
        return ExitCode.OK;
    }
}
