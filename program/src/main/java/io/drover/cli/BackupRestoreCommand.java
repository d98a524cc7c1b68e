package io.drover.cli;

import io.drover.core.model.ByteSize;
import io.drover.proto.operations.v1.CreateVolumeRequest;
import io.drover.proto.operations.v1.VolumeSummary;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover backup restore}. */
@Command(
        name = "restore",
        description = "Makes a new volume with the content of a backup.",
        footer = {
            "",
            "The same command again continues what was interrupted, and succeeds if it is done.",
            "",
            "Examples:",
            "  drover backup restore data/nightly data-again",
            "  drover backup restore data/nightly larger --size 50Gi",
            "  drover backup restore 's3://backups@eu-central-1/drover/?backup=nightly&volume=data' data-again"
        })
final class BackupRestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private TargetOption target = new TargetOption();

    @Parameters(
            index = "0",
            paramLabel = "<volume>/<backup>",
            description = "The backup: its name, its bak:// handle, or its URL.")
    private String backup = "";

    @Parameters(index = "1", paramLabel = "<new volume>", description = "The volume to make.")
    private String name = "";

    @Option(
            names = {"-s", "--size"},
            paramLabel = "<size>",
            converter = SizeConverter.class,
            description = "At least that of the backup's volume (default: the same).")
    private @Nullable ByteSize size;

    @Option(names = "--block", description = "For use as a raw block device, without a file system.")
    private boolean block;

    @Option(
            names = {"--set", "--parameter"},
            paramLabel = "<parameter>=<value>",
            description = "A StorageClass parameter (docs/parameters.md); may be given several times.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    BackupRestoreCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        CreateVolumeRequest request = CreateVolumeRequest.newBuilder()
                .setName(name)
                .setBlock(block)
                .setSizeBytes(size == null ? 0 : size.bytes())
                .putAllParameters(parameters)
                .setFromBackup(backup)
                .setBackupTarget(target.name())
                .build();
        try (Client client = server.connect();
                ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            TransferFollower follower =
                    new TransferFollower(client, command.commandLine().getErr());
            while (true) {
                try {
                    VolumeSummary volume = follower.await(
                            calls.submit(() -> client.operations().createVolume(request)),
                            transfer -> transfer.getIntoVolume().equals(name));
                    output.one(
                            Listings.VOLUMES,
                            volume,
                            () -> "volume " + name + " of " + Shown.size(volume.getSizeBytes()) + " is restored\n");
                    return ExitCode.OK;
                } catch (ExecutionException e) {
                    requireAtWork(e, follower);
                }
            }
        }
    }

    /** ABORTED with a transfer under way means: call again. Anything else ends the command. */
    private void requireAtWork(ExecutionException failure, TransferFollower follower) {
        if (!(failure.getCause() instanceof StatusRuntimeException e)) {
            throw new IllegalStateException("a call failed in an unexpected way", failure.getCause());
        }
        if (!follower.isAtWork(e, transfer -> transfer.getIntoVolume().equals(name))) {
            throw e;
        }
    }
}
