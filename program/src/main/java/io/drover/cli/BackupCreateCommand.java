package io.drover.cli;

import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CreateBackupRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover backup create}. */
@Command(
        name = "create",
        description = "Takes a snapshot of a volume and uploads it; the volume may be in use meanwhile.",
        footer = {
            "",
            "The same command with the same name again continues what was interrupted, and succeeds if it is done.",
            "",
            "Examples:",
            "  drover backup create data",
            "  drover backup create data nightly --label owner=shop",
            "  drover backup create data before-upgrade --snapshot before-upgrade --mode full",
            "  drover backup create data nightly --no-wait"
        })
final class BackupCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "<volume>")
    private String volume = "";

    @Parameters(
            index = "1",
            paramLabel = "<backup>",
            arity = "0..1",
            defaultValue = "",
            description = "Its name (default: made from the time).")
    private String name = "";

    @Option(
            names = "--snapshot",
            paramLabel = "<snapshot>",
            defaultValue = "",
            description = "Upload this snapshot of the volume (default: a new one).")
    private String snapshot = "";

    @Option(
            names = "--target",
            paramLabel = "<name>",
            defaultValue = "",
            description = "Where to (default: the volume's target).")
    private String target = "";

    @Option(
            names = "--mode",
            paramLabel = "incremental|full",
            defaultValue = "incremental",
            description = "incremental sends what the target does not have; full sends every block again.")
    private String mode = "incremental";

    @Option(names = "--label", paramLabel = "<key>=<value>", description = "Kept with the backup.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--no-wait", description = "Return as soon as it has begun.")
    private boolean leave;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    BackupCreateCommand() {}

    @Override
    public Integer call() {
        try (Client client = server.connect()) {
            CreateBackupRequest.Builder request = CreateBackupRequest.newBuilder()
                    .setVolume(volume)
                    .setName(name)
                    .setSnapshot(snapshot)
                    .setTarget(target)
                    .setMode(mode)
                    .putAllLabels(labels);
            TransferFollower follower =
                    new TransferFollower(client, command.commandLine().getErr());
            BackupSummary backup = client.operations().createBackup(request.build());
            request.setName(backup.getName());
            while (!leave && backup.hasTransfer() && TransferFollower.isUnderWay(backup.getTransfer())) {
                var _ = follower.follow(backup.getTransfer());
                // The same call tells, and keeps, what has become of it.
                backup = client.operations().createBackup(request.build());
            }
            BackupSummary result = backup;
            output.one(BackupListings.BACKUPS, result, () -> told(result));
            return result.getFailure().isEmpty() || !result.getState().equals("failed")
                    ? ExitCode.OK
                    : ExitCode.FAILURE;
        }
    }

    private static String told(BackupSummary backup) {
        String name = backup.getVolume() + "/" + backup.getName();
        return switch (backup.getState()) {
            case "ready" ->
                "made backup " + name + " (" + (backup.getIncremental() ? "incremental, " : "full, ")
                        + Shown.size(backup.getUploadedBytes()) + " uploaded)\n";
            case "failed" ->
                "backup " + name + " failed: " + backup.getFailure() + "; the same command with the name "
                        + backup.getName() + " continues it\n";
            default -> "backup " + name + " is under way: drover backup show " + name + "\n";
        };
    }
}
