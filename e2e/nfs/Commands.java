package io.drover.app;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Runs command lines of the program in one process, one after the other: in an emulated guest each start of a Java machine takes over a
 * minute. Reads a command line from each line of its input, writes what it says into the file that it was started with, and then its exit
 * status, as a line, to its output.
 */
final class Commands {
    private Commands() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream statuses = System.out;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            try (PrintStream answer = new PrintStream(new FileOutputStream(arguments[0]), true, StandardCharsets.UTF_8)) {
                System.setOut(answer);
                System.setErr(answer);
                String[] words = line.strip().split(" +");
                statuses.println(Main.commandLine(words).execute(words));
                statuses.flush();
            }
        }
    }
}
