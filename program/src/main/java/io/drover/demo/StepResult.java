package io.drover.demo;

import java.time.Duration;

/**
 * How a step went.
 *
 * @param title of the step
 * @param time it took
 * @param outcome whether its check held
 * @param check what was verified, or what was wrong
 */
record StepResult(String title, Duration time, Outcome outcome, String check) {
    /** How a step can end. */
    enum Outcome {
        OK("ok"),
        FAILED("FAILED"),
        /** An earlier step failed, so that this one was not tried. */
        SKIPPED("skipped");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static StepResult skipped(String title) {
        return new StepResult(title, Duration.ZERO, Outcome.SKIPPED, "");
    }
}
