package io.drover.cli;

import java.io.Console;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Asks before something is destroyed: on a terminal, unless {@code --yes} is given. A script is not asked. */
final class Confirmation {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /** Returns if it may be done; otherwise ends the command. */
    void ask(String question) {
        Console console = System.console();
        if (yes || console == null || !console.isTerminal()) {
            return;
        }
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new CommandFailure(ExitCode.FAILURE, "nothing was done");
        }
    }
}
