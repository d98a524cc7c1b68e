package io.drover.cli;

import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.VerifyBackupRequest;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover backup verify}. */
@Command(
        name = "verify",
        description = "Reads the blocks of a backup and compares their checksums.",
        footer = {
            "",
            "Bad blocks are noted in the target; the next backup of the volume sends them again. Exit status 1 if there are any.",
            "",
            "Examples:",
            "  drover backup verify data/nightly",
            "  drover backup verify data/nightly --sample 5"
        })
final class BackupVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private TargetOption target = new TargetOption();

    @Parameters(paramLabel = "<volume>/<backup>")
    private String name = "";

    @Option(
            names = "--sample",
            paramLabel = "<percent>",
            defaultValue = "100",
            description = "Read only so many percent of the blocks, chosen at random (default: ${DEFAULT-VALUE}).")
    private int sample;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    BackupVerifyCommand() {}

    @Override
    public Integer call() {
        MemberName wanted = MemberName.ofBackup(name);
        if (sample < 1) { // which would stand for all in the request
            throw new CommandFailure(ExitCode.USAGE, "cannot verify " + sample + " percent of a backup; give 1 to 100");
        }
        try (Client client = server.connect()) {
            Transfer begun = client.operations()
                    .verifyBackup(VerifyBackupRequest.newBuilder()
                            .setVolume(wanted.volume())
                            .setName(wanted.name())
                            .setTarget(target.name())
                            .setSamplePercent(sample)
                            .build());
            Transfer ended = new TransferFollower(client, command.commandLine().getErr()).follow(begun);
            output.one(BackupListings.TRANSFERS, ended, () -> told(wanted, ended));
            return ended.getState().equals("done") && ended.getBadBlockCount() == 0 ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private static String told(MemberName backup, Transfer ended) {
        if (!ended.getState().equals("done")) {
            return "the verification of backup " + backup + " " + ended.getState() + ": " + ended.getMessage() + "\n";
        }
        if (ended.getBadBlockCount() == 0) {
            return "backup " + backup + " is good: " + Shown.size(ended.getDoneBytes()) + " read\n";
        }
        return ended.getBadBlocksList().stream()
                        .map(block -> "offset " + block.getOffset() + ": " + block.getProblem() + " ("
                                + block.getChecksum() + ")\n")
                        .collect(Collectors.joining())
                + "backup " + backup + " has " + ended.getBadBlockCount()
                + " bad blocks; make another backup of the volume: it sends them again\n";
    }
}
