package io.drover.bench;

import java.util.List;
import java.util.Map;

/** Tables and aims that backups and restores have in common. */
final class TransferTables {
    private static final double OF_SLOWEST = 0.8;
    private static final double SCALING = 1.8;
    private static final double MEGABYTES = 256;

    private TransferTables() {}

    /** For runs beside their parts. */
    static ResultTable runs(String name, String title) {
        return new ResultTable(name, title)
                .remark(
                        "MiB of the volume per second, median, lowest and highest; per core second: of the driver's processor time. "
                                + "\"of sum\": of what the parts reach one after the other on as many cores; \"of slowest\": of the slowest part, by "
                                + "one thread; both are medians of ratios within a round.")
                .remark(
                        "Cores that were busy meanwhile: the driver's, the bench's own (which is the server), and others' of the same "
                                + "machine. Where others take much of them, the figures tell little.");
    }

    /** Adds the rows of one engine, and what was aimed at. */
    static void add(ResultTable table, Aims aims, String engine, String operation, List<RunSeries> all) {
        for (RunSeries series : all) {
            Map<String, Object> row = table.addRow();
            row.put("engine", engine);
            row.put("target", series.what());
            series.describe(row);
        }
        for (RunSeries two : all) {
            if (two.cores() == 2) {
                RunSeries one = all.stream()
                        .filter(other -> other.cores() == 1 && other.what().equals(two.what()))
                        .findFirst()
                        .orElseThrow();
                String what = engine + ": " + operation + two.what();
                aims.atLeast(what + ", two cores, of the slowest part", OF_SLOWEST, two.ofSlowest());
                aims.atLeast(what + ", two cores, times one core", SCALING, two.comparedWith(one));
            }
        }
        aims.atMost(
                engine + ": " + operation.strip().split(" ")[0] + ", peak of resident memory, MB",
                MEGABYTES,
                all.stream().mapToDouble(RunSeries::peakMegabytes).max().orElse(Double.NaN));
    }
}
