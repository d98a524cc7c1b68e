package io.drover.cli;

import io.drover.core.model.ByteSize;
import io.drover.proto.jobs.v1.LabelVolumeRequest;
import io.drover.proto.jobs.v1.LabelVolumeResponse;
import io.drover.proto.operations.v1.DeleteVolumeRequest;
import io.drover.proto.operations.v1.ExpandVolumeRequest;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.ListVolumesRequest;
import io.drover.proto.operations.v1.ModifyVolumeRequest;
import io.drover.proto.operations.v1.RevertVolumeRequest;
import io.drover.proto.operations.v1.RevertVolumeResponse;
import io.drover.proto.operations.v1.VolumeDetail;
import io.drover.proto.operations.v1.VolumeSummary;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drover volume …}. */
@Command(
        name = "volume",
        description = "Makes, shows, uses and deletes volumes.",
        subcommands = {VolumeCreateCommand.class, VolumeMountCommand.class, VolumeUnmountCommand.class},
        footer = {
            "",
            "Examples:",
            "  drover volume create data --size 10Gi",
            "  drover volume mount data /mnt/data",
            "  drover volume list",
            "  drover volume unmount data",
            "  drover volume delete data"
        })
public final class VolumeCommand {
    @Command(
            name = "list",
            description = "Lists all volumes.",
            footer = {
                "",
                "Examples:",
                "  drover volume list",
                "  drover volume list -o json | jq -r '.[] | select(.abnormal) | .name'"
            })
    void list(@Mixin ServerOptions server, @Mixin OutputOptions output) {
        try (Client client = server.connect()) {
            output.list(
                    Listings.VOLUMES,
                    client.operations()
                            .listVolumes(ListVolumesRequest.getDefaultInstance())
                            .getVolumesList(),
                    "There are no volumes. Make one: drover volume create <name> --size 10Gi");
        }
    }

    @Command(
            name = "show",
            description = "Shows one volume: where it is, who uses it, its labels, parameters, jobs and snapshots.",
            footer = {"", "Examples:", "  drover volume show data", "  drover volume show data -o yaml"})
    void show(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>") String name) {
        try (Client client = server.connect()) {
            VolumeDetail volume = client.operations()
                    .getVolume(GetVolumeRequest.newBuilder().setName(name).build());
            output.one(Listings.VOLUME, volume, () -> VolumeText.of(volume));
        }
    }

    @Command(
            name = "delete",
            description = {
                "Deletes a volume and its data.",
                "Snapshots made through CSI stay until they are deleted themselves; all others go with the volume."
            },
            footer = {"", "Examples:", "  drover volume delete data", "  drover volume delete data --yes"})
    void delete(
            @Mixin ServerOptions server,
            @Mixin Confirmation confirmation,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>") String name) {
        confirmation.ask("Delete volume " + name + " and all of its data?");
        try (Client client = server.connect()) {
            client.operations()
                    .deleteVolume(DeleteVolumeRequest.newBuilder().setName(name).build());
            output.done("deleted volume " + name);
        }
    }

    @Command(
            name = "expand",
            description = "Makes a volume larger; its file system follows, also while it is mounted. Never smaller.",
            footer = {"", "Examples:", "  drover volume expand data 20Gi"})
    void expand(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<volume>") String name,
            @Parameters(
                            index = "1",
                            paramLabel = "<size>",
                            converter = SizeConverter.class,
                            description = "For example 20Gi.")
                    ByteSize size) {
        try (Client client = server.connect()) {
            VolumeSummary volume = client.operations()
                    .expandVolume(ExpandVolumeRequest.newBuilder()
                            .setName(name)
                            .setSizeBytes(size.bytes())
                            .build());
            VolumeMounts.growFileSystem(client, name, volume.getSizeBytes());
            output.one(
                    Listings.VOLUMES,
                    volume,
                    () -> "volume " + name + " has " + Shown.size(volume.getSizeBytes()) + " now\n");
        }
    }

    @Command(
            name = "modify",
            description = "Changes parameters of a volume: numberOfReplicas, recurringJobs, staleReplicaTimeout.",
            footer = {"", "Examples:", "  drover volume modify data --set staleReplicaTimeout=60"})
    void modify(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<volume>") String name,
            @Option(
                            names = "--set",
                            required = true,
                            paramLabel = "<parameter>=<value>",
                            description = "May be given several times.")
                    Map<String, String> parameters) {
        try (Client client = server.connect()) {
            VolumeSummary volume = client.operations()
                    .modifyVolume(ModifyVolumeRequest.newBuilder()
                            .setName(name)
                            .putAllParameters(parameters)
                            .build());
            output.one(Listings.VOLUMES, volume, () -> "changed volume " + name + "\n");
            output.warnings(volume.getWarningsList());
        }
    }

    @Command(
            name = "label",
            description = {
                "Sets labels of a volume, or removes them with a dash behind the name. Shows them all.",
                "recurring-job.drover.io/<job>=enabled and recurring-job-group.drover.io/<group>=enabled choose recurring jobs."
            },
            footer = {
                "",
                "Examples:",
                "  drover volume label data recurring-job.drover.io/nightly=enabled",
                "  drover volume label data recurring-job-group.drover.io/important=enabled team=blue",
                "  drover volume label data recurring-job.drover.io/nightly-"
            })
    void label(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<volume>") String name,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "<label>=<value>|<label>-") @Nullable
                    List<String> labels) {
        LabelVolumeRequest.Builder request = LabelVolumeRequest.newBuilder().setName(name);
        for (String label : labels == null ? List.<String>of() : labels) {
            int equals = label.indexOf('=');
            if (equals > 0) {
                request.putSet(label.substring(0, equals), label.substring(equals + 1));
            } else if (label.endsWith("-")) {
                request.addRemove(label.substring(0, label.length() - 1));
            } else {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "\"" + label + "\" is no label; write <label>=<value>, or <label>- to remove it");
            }
        }
        try (Client client = server.connect()) {
            LabelVolumeResponse answer = client.jobs().labelVolume(request.build());
            Map<String, String> now = answer.getLabelsMap();
            output.one(
                    Listings.LABELS,
                    now,
                    () -> now.isEmpty()
                            ? "volume " + name + " has no labels\n"
                            : String.join("\n", Listings.pairs(now)) + "\n");
            output.warnings(answer.getWarningsList());
        }
    }

    @Command(
            name = "revert",
            description = {
                "Makes the content of a snapshot the content of its volume again, which must not be in use.",
                "What the volume holds now is kept as a new snapshot, whose name is printed."
            },
            footer = {"", "Examples:", "  drover volume unmount data", "  drover volume revert data before-upgrade"})
    void revert(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<volume>") String name,
            @Parameters(index = "1", paramLabel = "<snapshot>") String snapshot) {
        try (Client client = server.connect()) {
            RevertVolumeResponse reverted = client.operations()
                    .revertVolume(RevertVolumeRequest.newBuilder()
                            .setName(name)
                            .setSnapshot(snapshot)
                            .build());
            output.done("volume " + name + " has the content of snapshot " + snapshot
                    + "; what it held before is snapshot " + reverted.getSafetySnapshot());
        }
    }
}
