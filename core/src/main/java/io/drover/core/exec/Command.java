package io.drover.core.exec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program to run.
 *
 * @param program its name without directories, such as {@code mkfs.ext4}; {@link Programs} finds it
 * @param arguments after the program's name; no shell sees them
 * @param timeout after which the process and all its children are killed
 * @param purpose for messages, as in "cannot <i>make an ext4 file system on /dev/loop3</i>"
 * @param input what it reads from standard input; nothing if empty
 * @param expectedExits exit codes that are answers and not failures; 0 belongs to it only if it is in it
 */
public record Command(
        String program,
        List<String> arguments,
        Duration timeout,
        String purpose,
        Optional<String> input,
        List<Integer> expectedExits) {
    public Command {
        if (!program.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            throw new IllegalArgumentException("no program's name: " + program);
        }
        arguments = List.copyOf(arguments);
        expectedExits = List.copyOf(expectedExits);
    }

    /** A command of which only exit code 0 is a success. */
    public static Command of(String purpose, Duration timeout, String program, String... arguments) {
        return of(purpose, timeout, program, List.of(arguments));
    }

    /** A command of which only exit code 0 is a success. */
    public static Command of(String purpose, Duration timeout, String program, List<String> arguments) {
        return new Command(program, arguments, timeout, purpose, Optional.empty(), List.of(0));
    }

    /** The same, with other exit codes that are answers. */
    public Command expecting(Integer... exits) {
        return new Command(program, arguments, timeout, purpose, input, List.of(exits));
    }

    /** The same, with something on standard input. */
    public Command withInput(String text) {
        return new Command(program, arguments, timeout, purpose, Optional.of(text), expectedExits);
    }
}
