package io.drover.demo;

import java.io.IOException;

/**
 * A thing that the demo does and checks.
 *
 * @param title what is done, in a few words
 * @param action does it
 */
record Step(String title, Action action) {
    /** Does something and verifies it. */
    @FunctionalInterface
    interface Action {
        /**
         * Does it.
         *
         * @return what was verified, with the numbers
         * @throws CheckFailed if the result is not what it has to be
         * @throws IOException if a file or a process could not be used
         */
        String run() throws IOException, InterruptedException;
    }
}
