package io.drover.sandbox;

import io.drover.core.exec.ChildProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start this very program again, as a server: the same Java, the same options, the same classes. */
final class DriverProgram {
    /** Not a reference to the class: the program knows its commands, and none of them knows the program. */
    static final String MAIN_CLASS = "io.drover.app.Main";

    private DriverProgram() {}

    static ChildProcess start(List<String> arguments, Path output) throws IOException {
        List<String> argv = new ArrayList<>();
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            // Agents (coverage, debuggers) belong to this process alone.
            if (!option.startsWith("-javaagent:") && !option.startsWith("-agentlib:")) {
                argv.add(option);
            }
        }
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
        argv.addAll(arguments);
        return ChildProcess.start(Path.of(System.getProperty("java.home"), "bin", "java"), argv, output);
    }
}
