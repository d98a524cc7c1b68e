package io.drover.core.exec;

import io.drover.core.exec.CommandFailed.Reason;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of this host. */
public final class LocalCommandRunner implements CommandRunner, DetachedCommands {
    /** Of each of the two outputs; what a program writes beyond it is read and dropped, so that it never blocks. */
    public static final int DEFAULT_LIMIT_BYTES = 4 << 20;

    private static final int ERROR_HEAD = 2000;
    /** How long outputs may stay open after the process has ended, held by a grandchild. */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    private final Programs programs;
    private final int limitBytes;

    public LocalCommandRunner(Programs programs, int limitBytes) {
        this.programs = programs;
        this.limitBytes = limitBytes;
    }

    /** A runner of the host's own programs. */
    public static LocalCommandRunner ofHost() {
        return new LocalCommandRunner(Programs.ofHost(), DEFAULT_LIMIT_BYTES);
    }

    @Override
    public CommandResult run(Command command) {
        Process process = start(
                command,
                builder(command, List.of(file(command, command.program()).toString())));
        try (CappedOutput output = new CappedOutput(process.getInputStream(), limitBytes);
                CappedOutput errors = new CappedOutput(process.getErrorStream(), limitBytes)) {
            Thread.ofVirtual().start(() -> feed(process, command.input().orElse("")));
            try {
                await(command, process);
            } finally {
                // Before the outputs are closed: a reader that waits is woken by the end of the process only.
                kill(process);
            }
            output.await(DRAIN);
            errors.await(DRAIN);
            return result(command, process.exitValue(), output.text(), errors.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Reason.INTERRUPTED, command, -1, "", command.program() + " was interrupted");
        }
    }

    @Override
    public ProcessHandle start(Command command) {
        List<String> prefix = List.of(
                file(command, "setsid").toString(),
                "--",
                file(command, command.program()).toString());
        ProcessBuilder builder = builder(command, prefix)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        // The child is no leader of a process group, so setsid(1) need not fork: the handle stays that of the program.
        return start(command, builder).toHandle();
    }

    private Path file(Command command, String program) {
        return programs.find(program)
                .orElseThrow(() -> new CommandFailed(
                        Reason.MISSING,
                        command,
                        -1,
                        "",
                        "this host has no " + program + "; install the package " + Programs.packageOf(program)));
    }

    private ProcessBuilder builder(Command command, List<String> prefix) {
        List<String> vector = new ArrayList<>(prefix);
        vector.addAll(command.arguments());
        // "/" so that no running program keeps a mount busy by standing in it.
        ProcessBuilder builder = new ProcessBuilder(vector).directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("PATH", programs.searchPath());
        return builder;
    }

    private static Process start(Command command, ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            String problem = command.program() + " does not start: " + e.getMessage();
            CommandFailed failed = new CommandFailed(Reason.NOT_STARTED, command, -1, "", problem);
            failed.initCause(e);
            throw failed;
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading it; its exit code says what that means.
        }
    }

    private static void await(Command command, Process process) throws InterruptedException {
        if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
            String problem = command.program() + " did not end within "
                    + command.timeout().toSeconds() + " s and was killed; is the device stuck?";
            throw new CommandFailed(Reason.TIMEOUT, command, -1, "", problem);
        }
    }

    private static CommandResult result(Command command, int exit, String output, String errors) {
        if (command.expectedExits().contains(exit)) {
            return new CommandResult(exit, output, errors);
        }
        String said = (errors.isBlank() ? output : errors).strip();
        String head = said.length() > ERROR_HEAD ? said.substring(0, ERROR_HEAD) + "…" : said;
        String problem = command.program() + " ended with exit code " + exit + (head.isEmpty() ? "" : ": " + head);
        throw new CommandFailed(Reason.EXIT, command, exit, head, problem);
    }

    /** Ends the process and all below it, if there is any left. */
    private static void kill(Process process) {
        if (process.isAlive()) {
            List<ProcessHandle> below = process.descendants().toList();
            process.destroyForcibly();
            below.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
