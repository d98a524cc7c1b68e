package io.drover.snapshotter.schedule;

import java.util.Comparator;
import java.util.List;

/** Chooses the results of a job that are too many. Pure. */
final class Retention {
    private static final Comparator<JobResult> NEWEST_FIRST = Comparator.comparing(JobResult::takenAt)
            .thenComparing(JobResult::name)
            .reversed();

    private Retention() {}

    /**
     * The names of the results beyond the newest {@code retain}, the oldest first. What is not complete, or is needed, is not chosen, and a
     * needed one counts all the same.
     *
     * @param witness a complete result that is surely there; a listing without it is not believed, and nothing is chosen
     */
    static List<String> excess(List<JobResult> results, int retain, String witness) {
        boolean believed = results.stream()
                .anyMatch(result -> result.ready() && result.name().equals(witness));
        if (!believed || retain < 1) {
            return List.of();
        }
        return results.stream()
                .filter(JobResult::ready)
                .sorted(NEWEST_FIRST)
                .skip(retain)
                .filter(result -> !result.needed() && !result.name().equals(witness))
                .map(JobResult::name)
                .toList()
                .reversed();
    }

    /**
     * What an earlier run could not delete, besides one result: chosen as if that were not there. It goes before a new result is made, so that
     * there is never more than one too many.
     */
    static List<String> left(List<JobResult> results, int retain, String besides) {
        List<JobResult> others = results.stream()
                .filter(result -> !result.name().equals(besides))
                .toList();
        return newest(others, besides)
                .map(newest -> excess(others, retain, newest.name()))
                .orElse(List.of());
    }

    /** The newest complete result besides one. */
    static java.util.Optional<JobResult> newest(List<JobResult> results, String besides) {
        return results.stream()
                .filter(result -> result.ready() && !result.name().equals(besides))
                .min(NEWEST_FIRST);
    }
}
