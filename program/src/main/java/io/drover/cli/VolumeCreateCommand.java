package io.drover.cli;

import io.drover.core.model.ByteSize;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.VolumeSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover volume create}. */
@Command(
        name = "create",
        description = "Makes a volume, empty or with the content of a snapshot or of another volume.",
        footer = {
            "",
            "The same command again changes nothing and succeeds.",
            "",
            "Examples:",
            "  drover volume create data --size 10Gi",
            "  drover volume create logs --size 500Mi --fs xfs",
            "  drover volume create raw --size 1Gi --block",
            "  drover volume create copy --from-volume data",
            "  drover volume create old --from-snapshot data/before-upgrade --size 20Gi",
            "  drover volume create jobs --size 1Gi --set 'recurringJobs=[{\"name\":\"hourly\",\"task\":\"snapshot\",\"cron\":\"@hourly\",\"retain\":24}]'"
        })
final class VolumeCreateCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "<volume>", description = "Its name: letters, digits, '-', '_' and '.'.")
    private String name = "";

    @Option(
            names = {"-s", "--size"},
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "For example 10Gi or 500Mi; rounded up to 2Mi (default: 1Gi, or the size of the source).")
    private @Nullable ByteSize size;

    @Option(names = "--fs", paramLabel = "ext4|xfs|btrfs", description = "File system (default: ext4).")
    private @Nullable String fileSystem;

    @Option(names = "--block", description = "For use as a raw block device, without a file system.")
    private boolean block;

    @Option(
            names = {"--set", "--parameter"},
            paramLabel = "<parameter>=<value>",
            description = "A StorageClass parameter (docs/parameters.md); may be given several times.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @ArgGroup
    private @Nullable Source source;

    /** Where the content comes from. */
    static final class Source {
        @Option(
                names = "--from-snapshot",
                paramLabel = "<volume>/<snapshot>",
                description = "Begin with the content of a snapshot.")
        private @Nullable String snapshot;

        @Option(names = "--from-volume", paramLabel = "<volume>", description = "Begin as a clone of a volume.")
        private @Nullable String volume;
    }

    @Override
    public Integer call() {
        CreateVolumeRequest.Builder request = CreateVolumeRequest.newBuilder()
                .setName(name)
                .setBlock(block)
                .setSizeBytes(size == null ? 0 : size.bytes())
                .putAllParameters(parameters);
        if (fileSystem != null) {
            request.putParameters("fsType", fileSystem);
        }
        if (source != null && source.snapshot != null) {
            request.setFromSnapshot(source.snapshot);
        }
        if (source != null && source.volume != null) {
            request.setFromVolume(source.volume);
        }
        try (Client client = server.connect()) {
            VolumeSummary volume = client.operations().createVolume(request.build());
            output.one(
                    Listings.VOLUMES,
                    volume,
                    () -> "volume " + name + " of " + Shown.size(volume.getSizeBytes()) + " is ready"
                            + (volume.getAbnormal() ? " (" + volume.getCondition() + ")" : "") + "\n");
            output.warnings(volume.getWarningsList());
        }
        return ExitCode.OK;
    }
}
