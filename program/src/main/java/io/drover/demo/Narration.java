package io.drover.demo;

import io.drover.output.Figures;
import io.drover.output.TextTable;
import java.io.PrintWriter;
import java.util.List;

/**
 * What the demo prints: a line for each step as it goes, remarks below it, the table at the end. Colours only on a terminal, so that a
 * log has plain text; nothing is ever overwritten, so that both have the same lines.
 */
final class Narration {
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    private final PrintWriter out;
    private final boolean colours;
    private int steps;
    private int titleWidth;
    private int begun;
    private boolean lineIsOpen;

    Narration(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    /** Which steps are to come; to be called before the first begins. */
    void announce(List<String> titles) {
        steps = titles.size();
        titleWidth = titles.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Whether standard output is a terminal that a person looks at, who did not ask for no colours (no-color.org). */
    static boolean isForTerminal() {
        return System.console() != null
                && System.console().isTerminal()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** A line of its own. */
    void say(String line) {
        closeLine();
        print(line + "\n");
    }

    /** A step begins. */
    void begin(String title) {
        closeLine();
        begun++;
        String number = String.format("%2d/%d", begun, steps);
        print(number + "  " + title + " " + paint(DIM, ".".repeat(titleWidth - title.length() + 3)) + " ");
        lineIsOpen = true;
    }

    /** Something worth seeing of the step at hand; one or more lines. */
    void remark(String line) {
        closeLine();
        line.lines().forEach(part -> print(paint(DIM, "       | " + part) + "\n"));
    }

    /** The step at hand ended. */
    void end(StepResult result) {
        boolean passed = result.outcome() == StepResult.Outcome.OK;
        String word = paint(passed ? GREEN : RED, result.outcome().text());
        print((lineIsOpen ? "" : "       ") + word + "  " + Figures.time(result.time()) + "\n");
        lineIsOpen = false;
        if (!passed) {
            remark(result.check());
        }
    }

    /** All steps with their times and checks. */
    void table(List<StepResult> results) {
        TextTable table = new TextTable()
                .right("#")
                .left("STEP")
                .right("TIME")
                .left("RESULT")
                .left("CHECK");
        for (int i = 0; i < results.size(); i++) {
            StepResult result = results.get(i);
            boolean ran = result.outcome() != StepResult.Outcome.SKIPPED;
            table.row(
                    String.valueOf(i + 1),
                    result.title(),
                    ran ? Figures.time(result.time()) : "",
                    result.outcome().text(),
                    // What was wrong stands in full where it happened.
                    result.check().lines().findFirst().orElse(""));
        }
        say("\n" + table.render());
    }

    private void closeLine() {
        if (lineIsOpen) {
            lineIsOpen = false;
            print("\n");
        }
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private String paint(String colour, String text) {
        return colours ? colour + text + RESET : text;
    }
}
