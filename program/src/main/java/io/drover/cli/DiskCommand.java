package io.drover.cli;

import io.drover.proto.operations.v1.DiskSummary;
import io.drover.proto.operations.v1.ListDisksRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code drover disk …}. */
@Command(
        name = "disk",
        description = "Shows the disks that hold the volumes.",
        footer = {
            "",
            "Disks are added by --disk of drover standalone.",
            "",
            "Examples:",
            "  drover disk list",
            "  drover disk list -o json"
        })
public final class DiskCommand {
    @Command(
            name = "list",
            description = "Lists all disks, those with a problem too.",
            footer = {"", "Examples:", "  drover disk list", "  drover disk list -o yaml"})
    void list(@Mixin ServerOptions server, @Mixin OutputOptions output) {
        try (Client client = server.connect()) {
            output.list(
                    Listings.DISKS,
                    disks(client),
                    "There are no disks. Give drover standalone one: --disk <folder or device>");
        }
    }

    @Command(
            name = "show",
            description = "Shows one disk, by its id (the beginning is enough) or path.",
            footer = {"", "Examples:", "  drover disk show /srv/drover"})
    void show(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<id or path>") String name) {
        try (Client client = server.connect()) {
            List<DiskSummary> found = disks(client).stream()
                    .filter(disk -> disk.getPath().equals(name)
                            || (!name.isEmpty() && disk.getId().startsWith(name)))
                    .toList();
            if (found.size() != 1) {
                throw new CommandFailure(
                        ExitCode.NOT_FOUND,
                        (found.isEmpty() ? "no disk is \"" : found.size() + " disks begin with \"") + name
                                + "\"; `drover disk list` shows them");
            }
            output.one(Listings.DISKS, found.getFirst(), () -> Listings.DISKS.table(found));
        }
    }

    private static List<DiskSummary> disks(Client client) {
        return client.operations()
                .listDisks(ListDisksRequest.getDefaultInstance())
                .getDisksList();
    }
}
