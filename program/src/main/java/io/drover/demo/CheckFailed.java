package io.drover.demo;

import java.util.List;

/** A result that is not what it has to be. */
final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 3;

    CheckFailed(String message) {
        super(message);
    }

    /** Passes if the condition holds. */
    static void unless(boolean condition, String problem) {
        if (!condition) {
            throw new CheckFailed(problem);
        }
    }

    /** Passes if there is nothing in the list of problems. */
    static void ifAny(List<String> problems, String where) {
        if (!problems.isEmpty()) {
            String more = problems.size() > SHOWN ? " and " + (problems.size() - SHOWN) + " more" : "";
            throw new CheckFailed(where + ": "
                    + String.join(", ", problems.subList(0, Math.min(SHOWN, problems.size()))) + more);
        }
    }
}
