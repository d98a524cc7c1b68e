package io.drover.cli;

import io.drover.proto.operations.v1.CreateSnapshotRequest;
import io.drover.proto.operations.v1.DeleteSnapshotRequest;
import io.drover.proto.operations.v1.ListSnapshotsRequest;
import io.drover.proto.operations.v1.SnapshotSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover snapshot …}. */
@Command(
        name = "snapshot",
        description = "Makes, shows and deletes snapshots.",
        footer = {
            "",
            "A snapshot is named <volume>/<snapshot>. Going back to one: drover volume revert; a new volume from one: drover volume create --from-snapshot.",
            "",
            "Examples:",
            "  drover snapshot create data before-upgrade",
            "  drover snapshot list data",
            "  drover snapshot delete data/before-upgrade"
        })
public final class SnapshotCommand {
    @Command(
            name = "list",
            description = "Lists the snapshots of one volume, or all.",
            footer = {"", "Examples:", "  drover snapshot list", "  drover snapshot list data -o yaml"})
    void list(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>", arity = "0..1") @Nullable String volume) {
        try (Client client = server.connect()) {
            output.list(Listings.SNAPSHOTS, snapshots(client, volume == null ? "" : volume), "There are no snapshots.");
        }
    }

    @Command(
            name = "show",
            description = "Shows one snapshot.",
            footer = {"", "Examples:", "  drover snapshot show data/before-upgrade"})
    void show(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>/<snapshot>") String name) {
        MemberName wanted = MemberName.ofSnapshot(name);
        try (Client client = server.connect()) {
            SnapshotSummary found = snapshots(client, wanted.volume()).stream()
                    .filter(snapshot -> snapshot.getName().equals(wanted.name()))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.NOT_FOUND,
                            "volume " + wanted.volume() + " has no snapshot " + wanted.name()
                                    + "; `drover snapshot list " + wanted.volume() + "` shows those it has"));
            output.one(Listings.SNAPSHOTS, found, () -> Listings.SNAPSHOTS.table(List.of(found)));
        }
    }

    @Command(
            name = "create",
            description = "Keeps the content of a volume as it is now. It may be in use meanwhile.",
            footer = {"", "Examples:", "  drover snapshot create data", "  drover snapshot create data before-upgrade"})
    void create(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<volume>") String volume,
            @Parameters(
                            index = "1",
                            paramLabel = "<snapshot>",
                            arity = "0..1",
                            description = "Its name (default: made from the time).")
                    @Nullable
                    String name) {
        try (Client client = server.connect()) {
            SnapshotSummary snapshot = client.operations()
                    .createSnapshot(CreateSnapshotRequest.newBuilder()
                            .setVolume(volume)
                            .setName(name == null ? "" : name)
                            .build());
            output.one(Listings.SNAPSHOTS, snapshot, () -> "made snapshot " + volume + "/" + snapshot.getName() + "\n");
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a snapshot. Others, and the volume, are not touched.",
            footer = {"", "Examples:", "  drover snapshot delete data/before-upgrade --yes"})
    void delete(
            @Mixin ServerOptions server,
            @Mixin Confirmation confirmation,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>/<snapshot>") String name) {
        MemberName snapshot = MemberName.ofSnapshot(name);
        confirmation.ask("Delete snapshot " + snapshot.name() + " of volume " + snapshot.volume() + "?");
        try (Client client = server.connect()) {
            client.operations()
                    .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                            .setVolume(snapshot.volume())
                            .setName(snapshot.name())
                            .build());
            output.done("deleted snapshot " + snapshot.volume() + "/" + snapshot.name());
        }
    }

    private static List<SnapshotSummary> snapshots(Client client, String volume) {
        return client.operations()
                .listSnapshots(
                        ListSnapshotsRequest.newBuilder().setVolume(volume).build())
                .getSnapshotsList();
    }
}
