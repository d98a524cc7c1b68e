package io.drover.app;

import io.drover.bench.BenchCommand;
import io.drover.cli.DiskCommand;
import io.drover.cli.ErrorReport;
import io.drover.cli.SettingCommand;
import io.drover.cli.SnapshotCommand;
import io.drover.cli.StatusCommand;
import io.drover.cli.VolumeCommand;
import io.drover.demo.DemoCommand;
import io.drover.standalone.StandaloneCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/** The program {@code drover}. */
@Command(
        name = "drover",
        description =
                "Block volumes on this host's own disks, with instant snapshots, for Kubernetes (CSI) and for people.",
        synopsisSubcommandLabel = "<command>",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong command line or value",
            "3:no such object",
            "4:nobody answers on the socket",
            "5:refused: it exists, is in use or busy",
            "6:no room"
        },
        subcommands = {
            StandaloneCommand.class,
            VolumeCommand.class,
            SnapshotCommand.class,
            DiskCommand.class,
            SettingCommand.class,
            StatusCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            VersionCommand.class,
            RehearseCommand.class,
            HelpCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        ErrorReport errors = new ErrorReport();
        CommandLine program = new CommandLine(new Main());
        program.getSubcommands().values().forEach(Main::withoutExitCodes);
        return program.setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
    }

    /** The list of exit codes is in the program's own help; in that of every command it would be noise. */
    private static void withoutExitCodes(CommandLine command) {
        command.getCommandSpec().usageMessage().exitCodeListHeading("").exitCodeList(Map.of());
        command.getSubcommands().values().forEach(Main::withoutExitCodes);
    }
}
