package io.drover.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How fast the parts of a transfer are by themselves, in MiB of the volume per second.
 *
 * @param speeds by the part's name, in the order in which the data goes through them
 */
record PartSpeeds(Map<String, Double> speeds) {
    PartSpeeds {
        speeds = new LinkedHashMap<>(speeds);
    }

    /** One part after the other, on one core. */
    double oneAfterTheOther() {
        return 1 / speeds.values().stream().mapToDouble(speed -> 1 / speed).sum();
    }

    double slowest() {
        return speeds.values().stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }
}
