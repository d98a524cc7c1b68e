package io.drover.core.error;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with one request, so that its author can repair all of it at once. */
public final class Violations {
    private static final int SHOWN = 20;

    private final List<String> invalid = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();

    /** Notes what is wrong, and what would be right. */
    public void add(String problem) {
        invalid.add(problem);
    }

    /** Notes what is understood but not offered. */
    public void addUnsupported(String problem) {
        unsupported.add(problem);
    }

    public boolean isEmpty() {
        return invalid.isEmpty() && unsupported.isEmpty();
    }

    /**
     * Ends the request if anything was noted.
     *
     * @param operation what cannot be done, such as {@code cannot create volume pvc-1}
     * @throws StorageException INVALID with everything that was noted; UNSUPPORTED if only that was
     */
    public void throwIfAny(String operation) {
        if (isEmpty()) {
            return;
        }
        ErrorCode code = invalid.isEmpty() ? ErrorCode.UNSUPPORTED : ErrorCode.INVALID;
        List<String> all = new ArrayList<>(invalid);
        all.addAll(unsupported);
        throw new StorageException(code, operation + ": " + text(all));
    }

    private static String text(List<String> problems) {
        if (problems.size() == 1) {
            return problems.getFirst();
        }
        StringBuilder text = new StringBuilder(problems.size() + " problems");
        for (int i = 0; i < Math.min(SHOWN, problems.size()); i++) {
            text.append(i == 0 ? ": " : "; ")
                    .append('(')
                    .append(i + 1)
                    .append(") ")
                    .append(problems.get(i));
        }
        if (problems.size() > SHOWN) {
            text.append("; and ").append(problems.size() - SHOWN).append(" more");
        }
        return text.toString();
    }
}
