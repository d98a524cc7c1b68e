package io.drover.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The speeds of parts over the rounds. */
final class PartsTable {
    private final Map<String, List<Double>> speeds = new LinkedHashMap<>();

    void add(Map<String, Double> round) {
        round.forEach((part, speed) ->
                speeds.computeIfAbsent(part, _ -> new ArrayList<>()).add(speed));
    }

    /** Adds a row for each part. */
    void addTo(ResultTable table, String engine) {
        speeds.forEach((part, all) -> {
            Map<String, Object> row = table.addRow();
            row.put("engine", engine);
            row.put("part", part);
            row.put("mibPerSecond", Ratios.median(all));
            row.put(
                    "lowest",
                    all.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN));
            row.put(
                    "highest",
                    all.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN));
        });
    }
}
