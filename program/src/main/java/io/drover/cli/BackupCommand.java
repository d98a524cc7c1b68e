package io.drover.cli;

import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.CancelTransferRequest;
import io.drover.proto.operations.v1.DeleteBackupRequest;
import io.drover.proto.operations.v1.GetBackupRequest;
import io.drover.proto.operations.v1.ListBackupsRequest;
import io.drover.proto.operations.v1.ListTransfersRequest;
import io.drover.proto.operations.v1.Transfer;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover backup …}. */
@Command(
        name = "backup",
        description = "Backs volumes up to a target, restores, verifies and deletes backups.",
        subcommands = {BackupCreateCommand.class, BackupRestoreCommand.class, BackupVerifyCommand.class},
        footer = {
            "",
            "A backup is named <volume>/<backup>. Where it goes: drover target.",
            "",
            "Examples:",
            "  drover backup create data",
            "  drover backup list data",
            "  drover backup restore data/b-20261123-010203 data-again",
            "  drover backup verify data/b-20261123-010203"
        })
public final class BackupCommand {
    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    public BackupCommand() {}

    @Command(
            name = "list",
            description = "Lists the backups of one volume, or all.",
            footer = {"", "Examples:", "  drover backup list", "  drover backup list data --stored"})
    void list(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>", arity = "0..1") @Nullable String volume,
            @Option(names = "--target", paramLabel = "<name>", description = "Only those in this target.") @Nullable
                    String target,
            @Option(
                            names = "--stored",
                            description = "Look into the targets too: shows backups that were made elsewhere.")
                    boolean stored) {
        try (Client client = server.connect()) {
            List<BackupSummary> backups = client.operations()
                    .listBackups(ListBackupsRequest.newBuilder()
                            .setVolume(volume == null ? "" : volume)
                            .setTarget(target == null ? "" : target)
                            .setStored(stored)
                            .build())
                    .getBackupsList();
            output.list(
                    BackupListings.BACKUPS,
                    backups,
                    stored
                            ? "There are no backups."
                            : "No backups were made here. Those that others made: drover backup list --stored");
        }
    }

    @Command(
            name = "show",
            description = "Shows one backup, and whether it can be restored.",
            footer = {"", "Examples:", "  drover backup show data/nightly -o yaml"})
    void show(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Mixin TargetOption target,
            @Parameters(paramLabel = "<volume>/<backup>") String name) {
        MemberName wanted = MemberName.ofBackup(name);
        try (Client client = server.connect()) {
            BackupSummary backup = client.operations()
                    .getBackup(GetBackupRequest.newBuilder()
                            .setVolume(wanted.volume())
                            .setName(wanted.name())
                            .setTarget(target.name())
                            .build());
            output.one(
                    BackupListings.BACKUPS,
                    backup,
                    () -> BackupListings.BACKUPS.table(List.of(backup)) + "url: " + backup.getUrl() + "\n");
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a backup from its target. Other backups, and the volume, are not touched.",
            footer = {"", "Examples:", "  drover backup delete data/nightly --yes"})
    void delete(
            @Mixin ServerOptions server,
            @Mixin Confirmation confirmation,
            @Mixin OutputOptions output,
            @Mixin TargetOption target,
            @Parameters(paramLabel = "<volume>/<backup>") String name) {
        MemberName wanted = MemberName.ofBackup(name);
        confirmation.ask("Delete backup " + wanted.name() + " of volume " + wanted.volume() + " from its target?");
        try (Client client = server.connect()) {
            DeleteBackupRequest request = DeleteBackupRequest.newBuilder()
                    .setVolume(wanted.volume())
                    .setName(wanted.name())
                    .setTarget(target.name())
                    .build();
            TransferFollower follower =
                    new TransferFollower(client, command.commandLine().getErr());
            while (!deleted(client, request, follower)) {
                follower.find(transfer -> isOf(transfer, wanted)).ifPresent(follower::follow);
            }
            output.done("deleted backup " + wanted);
        }
    }

    /** False while it is still at work, which the follower shows; anything else that stands in the way ends the command. */
    private static boolean deleted(Client client, DeleteBackupRequest request, TransferFollower follower) {
        try {
            client.operations().deleteBackup(request);
            return true;
        } catch (StatusRuntimeException e) {
            MemberName backup = new MemberName(request.getVolume(), request.getName());
            if (!follower.isAtWork(e, transfer -> isOf(transfer, backup))) {
                throw e;
            }
            return false;
        }
    }

    @Command(
            name = "transfers",
            description =
                    "Lists backups, restores, verifications and deletions that are under way or ended a short while ago.",
            footer = {"", "Examples:", "  drover backup transfers"})
    void transfers(@Mixin ServerOptions server, @Mixin OutputOptions output) {
        try (Client client = server.connect()) {
            output.list(
                    BackupListings.TRANSFERS,
                    client.operations()
                            .listTransfers(ListTransfersRequest.getDefaultInstance())
                            .getTransfersList(),
                    "Nothing is being transferred.");
        }
    }

    @Command(
            name = "cancel",
            description =
                    "Ends the transfers of a backup that are under way. What was stored stays for the next attempt.",
            footer = {"", "Examples:", "  drover backup cancel data/nightly"})
    void cancel(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>/<backup>") String name) {
        MemberName wanted = MemberName.ofBackup(name);
        try (Client client = server.connect()) {
            Transfer found = new TransferFollower(client, command.commandLine().getErr())
                    .find(transfer -> isOf(transfer, wanted))
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.NOT_FOUND,
                            "nothing of backup " + wanted + " is under way; `drover backup transfers` shows what is"));
            Transfer ended = client.operations()
                    .cancelTransfer(CancelTransferRequest.newBuilder()
                            .setId(found.getId())
                            .setNode(found.getNode())
                            .build());
            output.one(
                    BackupListings.TRANSFERS, ended, () -> "the " + ended.getKind() + " of " + wanted + " is ending\n");
        }
    }

    private static boolean isOf(Transfer transfer, MemberName backup) {
        return transfer.getVolume().equals(backup.volume())
                && transfer.getBackup().equals(backup.name());
    }
}
