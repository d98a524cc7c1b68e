package io.drover.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Ratios of two things that were measured in turns. On a busy machine both halves of a pair suffer alike, so that the median of the
 * pairs' ratios says more than the ratio of two means.
 */
final class Ratios {
    private final List<Double> bases = new ArrayList<>();
    private final List<Double> measured = new ArrayList<>();

    /** Adds a pair. */
    void add(double base, double value) {
        bases.add(base);
        measured.add(value);
    }

    boolean isEmpty() {
        return bases.isEmpty();
    }

    /** The median of {@code value / base} over all pairs; not a number if there is no pair. */
    double median() {
        return median(ratios());
    }

    double lowest() {
        return ratios().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    double highest() {
        return ratios().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    double medianBase() {
        return median(bases);
    }

    double medianValue() {
        return median(measured);
    }

    /** The middle value, or the mean of the two middle ones; not a number for an empty list. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private List<Double> ratios() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            ratios.add(measured.get(i) / bases.get(i));
        }
        return ratios;
    }
}
