package io.drover.core.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.drover.core.exec.CommandFailed.Reason;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LocalCommandRunnerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final LocalCommandRunner runner = LocalCommandRunner.ofHost();

    @Test
    void outputAndErrorsAreReadApart() {
        CommandResult result = runner.run(
                Command.of("list", LONG, "ls", "-d", "/", "/nowhere-at-all").expecting(0, 2));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.output()).isEqualTo("/\n");
        assertThat(result.errors()).contains("No such file or directory");
    }

    @Test
    void argumentsAreSeenByNoShell() {
        assertThat(runner.run(Command.of("print", LONG, "printf", "%s", "$(id); `id` *"))
                        .output())
                .isEqualTo("$(id); `id` *");
    }

    @Test
    void environmentIsEmptyButForTheLocaleAndThePath() {
        assertThat(runner.run(Command.of("print the environment", LONG, "env"))
                        .output()
                        .lines())
                .containsExactlyInAnyOrder("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C");
    }

    @Test
    void inputIsFedAndEnds() {
        assertThat(runner.run(Command.of("copy", LONG, "cat").withInput("a\nb")).output())
                .isEqualTo("a\nb");
    }

    @Test
    void outputBeyondTheLimitIsDroppedWithoutBlocking() {
        var small = new LocalCommandRunner(Programs.ofHost(), 100);

        assertThat(small.run(Command.of("count", LONG, "seq", "200000")).output())
                .hasSize(100)
                .startsWith("1\n2\n");
    }

    @Test
    void unexpectedExitTellsPurposeProgramAndErrors() {
        CommandFailed failed = failure(Command.of("look around", LONG, "ls", "/nowhere-at-all"));

        assertThat(failed.reason()).isEqualTo(Reason.EXIT);
        assertThat(failed.exit()).isEqualTo(2);
        assertThat(failed)
                .hasMessageStartingWith("cannot look around: ls ended with exit code 2: ")
                .hasMessageContaining("/nowhere-at-all");
    }

    @Test
    void missingProgramNamesThePackage() {
        var nothing = new LocalCommandRunner(new Programs(java.util.List.of()), 100);

        CommandFailed failed = catchThrowableOfType(
                CommandFailed.class, () -> nothing.run(Command.of("make a file system", LONG, "mkfs.xfs", "/dev/x")));

        assertThat(failed.reason()).isEqualTo(Reason.MISSING);
        assertThat(failed)
                .hasMessage("cannot make a file system: this host has no mkfs.xfs; install the package xfsprogs");
    }

    @Test
    void timeoutKillsTheProcessAndItsChildren() {
        String mark = "7" + ProcessHandle.current().pid();

        CommandFailed failed =
                failure(Command.of("wait", Duration.ofMillis(500), "setpriv", "--", "timeout", "999", "sleep", mark));

        assertThat(failed.reason()).isEqualTo(Reason.TIMEOUT);
        assertGone(mark);
    }

    @Test
    void interruptKillsTheProcessAndKeepsTheFlag() throws InterruptedException {
        String mark = "8" + ProcessHandle.current().pid();
        var failed = new AtomicReference<CommandFailed>();
        Thread thread = Thread.ofVirtual().start(() -> {
            failed.set(failure(Command.of("wait", LONG, "sleep", mark)));
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        });

        thread.interrupt();
        thread.join();

        assertThat(failed.get().reason()).isEqualTo(Reason.INTERRUPTED);
        assertGone(mark);
    }

    @Test
    void detachedProcessIsInASessionOfItsOwn() {
        ProcessHandle process = runner.start(Command.of("wait", LONG, "sleep", "600"));
        try {
            String session = runner.run(Command.of("ask", LONG, "ps", "-o", "sid=", "-p", Long.toString(process.pid()))
                            .expecting(0, 1))
                    .output()
                    .strip();
            // setsid(1) replaces itself by the program a moment after the start; the session is its own in the end.
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(process.info().command())
                            .hasValueSatisfying(command -> assertThat(command).endsWith("sleep")));
            assertThat(session).isNotEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private CommandFailed failure(Command command) {
        return catchThrowableOfType(CommandFailed.class, () -> runner.run(command));
    }

    private static void assertGone(String argument) {
        org.awaitility.Awaitility.await()
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(ProcessHandle.allProcesses()
                                .filter(p -> p.info().arguments().stream()
                                        .anyMatch(all -> java.util.List.of(all).contains(argument))))
                        .isEmpty());
    }
}
