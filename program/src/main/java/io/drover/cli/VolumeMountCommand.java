package io.drover.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover volume mount}. */
@Command(
        name = "mount",
        description = {
            "Mounts a volume at a folder of this host, as Kubernetes would: attach, make or check the file system, mount.",
            "A raw block volume appears as a device file at that path."
        },
        footer = {
            "",
            "Examples:",
            "  drover volume mount data /mnt/data",
            "  drover volume mount data /mnt/look --read-only",
            "  drover volume unmount data"
        })
final class VolumeMountCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "<volume>")
    private String name = "";

    @Parameters(index = "1", paramLabel = "<path>", description = "Made if it does not exist; its parent must.")
    private Path path = Path.of("");

    @Option(names = "--read-only", description = "Nobody may write there.")
    private boolean readOnly;

    @Override
    public Integer call() {
        Path target = path.toAbsolutePath().normalize();
        try (Client client = server.connect()) {
            VolumeMounts.mount(client, name, target, readOnly);
            output.done("volume " + name + " is at " + target);
        }
        return ExitCode.OK;
    }
}
