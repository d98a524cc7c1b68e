package io.drover.cli;

import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.ListTargetsRequest;
import io.drover.proto.operations.v1.RemoveTargetRequest;
import io.drover.proto.operations.v1.TargetSummary;
import io.drover.proto.operations.v1.TestTargetRequest;
import io.drover.proto.operations.v1.TestTargetResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code drover target …}. */
@Command(
        name = "target",
        description = "Adds, tests and removes backup targets: where backups are kept.",
        footer = {
            "",
            "Volumes use the target named default unless their parameter backupTargetName says otherwise.",
            "",
            "Examples:",
            "  drover target add default s3://backups@eu-central-1/drover/ --credentials s3.env",
            "  drover target add nas nfs://nas.example:/export/backups",
            "  drover target add local file:///mnt/usb/backups",
            "  drover target test default"
        })
public final class TargetCommand {
    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    public TargetCommand() {}

    @Command(
            name = "list",
            description = "Lists the backup targets.",
            footer = {"", "Examples:", "  drover target list -o yaml"})
    void list(@Mixin ServerOptions server, @Mixin OutputOptions output) {
        try (Client client = server.connect()) {
            output.list(
                    BackupListings.TARGETS,
                    client.operations()
                            .listTargets(ListTargetsRequest.getDefaultInstance())
                            .getTargetsList(),
                    "There are no backup targets. Add one: drover target add default s3://<bucket>@<region>/<path>/ --credentials <file>");
        }
    }

    @Command(
            name = "add",
            description = "Adds a backup target, or replaces the credentials of one.",
            footer = {
                "",
                "The file of credentials has lines KEY=value, or is the manifest of a Kubernetes Secret; - is standard input. Keys: "
                        + "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINTS, AWS_CERT, AWS_IAM_ROLE_ARN, VIRTUAL_HOSTED_STYLE, "
                        + "HTTP_PROXY, HTTPS_PROXY, NO_PROXY. Without keys, those of the environment or of the machine's role are used.",
                "",
                "Examples:",
                "  drover target add default s3://backups@eu-central-1/drover/ --credentials s3.env",
                "  kubectl get secret minio -o yaml | drover target add default s3://backups@us-east-1/ --credentials -",
                "  drover target add nas 'nfs://nas.example:/export/backups?nfsOptions=soft,timeo=150'"
            })
    void add(
            @Mixin ServerOptions server,
            @Mixin OutputOptions output,
            @Parameters(index = "0", paramLabel = "<name>") String name,
            @Parameters(index = "1", paramLabel = "<url>", description = "s3://…, nfs://… or file:///….") String url,
            @Option(
                            names = {"-c", "--credentials"},
                            paramLabel = "<file>",
                            description = "Its credentials; - reads standard input.")
                    @Nullable
                    String credentials) {
        Map<String, String> values = credentials == null ? Map.of() : CredentialsFile.read(credentials, System.in);
        try (Client client = server.connect()) {
            TargetSummary target = client.operations()
                    .addTarget(AddTargetRequest.newBuilder()
                            .setName(name)
                            .setUrl(url)
                            .putAllCredentials(values)
                            .build());
            output.one(
                    BackupListings.TARGETS,
                    target,
                    () -> target.getWarningsList().stream()
                                    .map(warning -> "warning: " + warning + "\n")
                                    .collect(Collectors.joining())
                            + "added backup target " + name + "; try it: drover target test " + name + "\n");
        }
    }

    @Command(
            name = "test",
            description = "Writes, reads, lists and deletes a small object there, and says what fails and why.",
            footer = {"", "Examples:", "  drover target test default"})
    int test(@Mixin ServerOptions server, @Mixin OutputOptions output, @Parameters(paramLabel = "<name>") String name) {
        try (Client client = server.connect()) {
            TestTargetResponse result = client.operations()
                    .testTarget(TestTargetRequest.newBuilder().setName(name).build());
            result.getWarningsList()
                    .forEach(warning -> command.commandLine().getErr().println("warning: " + warning));
            command.commandLine().getErr().flush();
            output.list(BackupListings.STEPS, result.getStepsList(), "Nothing was tried.");
            boolean works = result.getStepsList().stream()
                    .allMatch(step -> step.getProblem().isEmpty());
            return works ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    @Command(
            name = "remove",
            description = "Forgets a backup target and its credentials. The backups there stay.",
            footer = {"", "Examples:", "  drover target remove nas --yes"})
    void remove(
            @Mixin ServerOptions server,
            @Mixin Confirmation confirmation,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "<name>") String name,
            @Option(names = "--force", description = "Also if backups or volumes refer to it.") boolean force) {
        confirmation.ask("Forget backup target " + name + " and its credentials?");
        try (Client client = server.connect()) {
            client.operations()
                    .removeTarget(RemoveTargetRequest.newBuilder()
                            .setName(name)
                            .setForce(force)
                            .build());
            output.done("removed backup target " + name + "; what is stored there is untouched");
        }
    }
}
