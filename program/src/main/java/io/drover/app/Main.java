package io.drover.app;

import io.drover.bench.BenchCommand;
import io.drover.cli.BackupCommand;
import io.drover.cli.DiskCommand;
import io.drover.cli.ErrorReport;
import io.drover.cli.JobCommand;
import io.drover.cli.RecoverCommand;
import io.drover.cli.SettingCommand;
import io.drover.cli.SnapshotCommand;
import io.drover.cli.StatusCommand;
import io.drover.cli.TargetCommand;
import io.drover.cli.VolumeCommand;
import io.drover.cluster.ControllerCommand;
import io.drover.cluster.MoverCommand;
import io.drover.cluster.NodeCommand;
import io.drover.cluster.SchedulerCommand;
import io.drover.demo.DemoCommand;
import io.drover.standalone.StandaloneCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

/** The program {@code drover}. */
@Command(
        name = "drover",
        description =
                "Block volumes on this host's own disks, with instant snapshots and backups, for Kubernetes (CSI) and for people.",
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
        })
public final class Main {
    /** In the order of the help. */
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private Main() {}

    /** Runs one command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(commandLine(arguments).execute(arguments));
    }

    /**
     * The program as far as these arguments need it: reading the annotations of all commands would take a good part of the time of a
     * start. Without arguments, all of it.
     */
    static CommandLine commandLine(String... arguments) {
        CommandLine program = new CommandLine(new Main());
        String first = arguments.length == 0 ? "" : arguments[0];
        COMMANDS.forEach((name, command) -> {
            if (name.equals(first) || !COMMANDS.containsKey(first) || first.equals("help")) {
                program.addSubcommand(name, command.get());
            }
        });
        program.getSubcommands().values().forEach(Main::withoutExitCodes);
        ErrorReport errors = new ErrorReport();
        return program.setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
    }

    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("standalone", StandaloneCommand::new);
        commands.put("controller", ControllerCommand::new);
        commands.put("node", NodeCommand::new);
        commands.put("mover", MoverCommand::new);
        commands.put("scheduler", SchedulerCommand::new);
        commands.put("volume", VolumeCommand::new);
        commands.put("snapshot", SnapshotCommand::new);
        commands.put("backup", BackupCommand::new);
        commands.put("target", TargetCommand::new);
        commands.put("job", JobCommand::new);
        commands.put("disk", DiskCommand::new);
        commands.put("setting", SettingCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("recover", RecoverCommand::new);
        commands.put("demo", DemoCommand::new);
        commands.put("bench", BenchCommand::new);
        commands.put("version", VersionCommand::new);
        commands.put("rehearse", RehearseCommand::new);
        // No method reference: it would pin a class of picocli that is too old for the cache, and JDK 25 aborts making
        // it.
        commands.put("help", () -> new HelpCommand());
        return commands;
    }

    /** The list of exit codes is in the program's own help; in that of every command it would be noise. */
    private static void withoutExitCodes(CommandLine command) {
        command.getCommandSpec().usageMessage().exitCodeListHeading("").exitCodeList(Map.of());
        command.getSubcommands().values().forEach(Main::withoutExitCodes);
    }
}
