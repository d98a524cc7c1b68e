package io.drover.app;

import io.drover.standalone.Rehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Does once what starts do, so that the Java machine can record the classes for its cache. Called by the launcher. */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Prepares the cache that makes starts faster; the launcher calls it.")
final class RehearseCommand implements Callable<Integer> {
    private static final List<String> COMMANDS = List.of(
            "status", "volume list", "snapshot list", "disk list", "setting list", "setting set maximum-retention 200");
    private static final List<String> FORMATS = List.of("table", "json", "yaml");

    @Override
    public Integer call() throws IOException {
        Rehearsal.run(dataDirectory -> {
            PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
            for (String command : COMMANDS) {
                for (String format : FORMATS) {
                    String line = command + " -o " + format + " --data-dir " + dataDirectory;
                    String[] arguments = line.split(" ");
                    Main.commandLine(arguments).setOut(nowhere).setErr(nowhere).execute(arguments);
                }
            }
            Main.commandLine().setOut(nowhere).execute("--help");
        });
        return 0;
    }
}
