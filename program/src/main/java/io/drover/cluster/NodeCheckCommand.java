package io.drover.cluster;

import io.drover.cli.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drover node check}. */
@Command(
        name = "check",
        description = {
            "Looks whether this host has what volumes need, and names what it lacks, with the remedy. Changes nothing.",
            "Ends with 0 if it can serve volumes, with 1 if it cannot."
        },
        footer = {"", "Examples:", "  drover node check --disk /dev/sdb --disk /var/lib/drover/disk"})
final class NodeCheckCommand implements Callable<Integer> {
    @Option(names = "--disk", paramLabel = "<disk>", description = "As for drover node; may be given several times.")
    private List<String> disks = new ArrayList<>();

    @Option(
            names = "--data-dir",
            paramLabel = "<folder>",
            defaultValue = "${env:DROVER_DATA_DIR:-/var/lib/drover}",
            description = "As for drover node (default: $$DROVER_DATA_DIR or /var/lib/drover).")
    private Path data = Path.of("/var/lib/drover");

    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    NodeCheckCommand() {}

    @Override
    public Integer call() {
        Arguments arguments = new Arguments();
        var configured = arguments.disks(disks);
        arguments.check();
        List<Preflight.Finding> findings = Preflight.ofThisHost().look(data, configured);
        PrintWriter out = command.commandLine().getOut();
        findings.forEach(finding -> out.println(finding.line()));
        boolean possible = findings.stream().noneMatch(finding -> finding.weight() == Preflight.Weight.NEEDED);
        out.println(possible ? "This host can serve volumes." : "This host cannot serve volumes yet.");
        out.flush();
        return possible ? ExitCode.OK : ExitCode.FAILURE;
    }
}
