package io.drover.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code drover version}. */
@Command(name = "version", description = "Prints the version of this program.")
final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec command;

    @SuppressWarnings("NullAway.Init") // picocli sets the command
    VersionCommand() {}

    @Override
    public void run() {
        command.root().commandLine().printVersionHelp(command.commandLine().getOut());
        command.commandLine().getOut().flush();
    }
}
