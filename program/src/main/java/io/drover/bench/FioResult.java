package io.drover.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.core.error.StorageException;
import java.util.List;

/**
 * What fio measured of one job, reads and writes together.
 *
 * @param operationsPerSecond mean over the run
 * @param bytesPerSecond mean over the run
 * @param medianMicros of an operation's time from submission to completion
 * @param highMicros 99 of 100 operations took no longer
 */
record FioResult(double operationsPerSecond, double bytesPerSecond, double medianMicros, double highMicros) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads the output of {@code fio --output-format=json} with one job.
     *
     * @throws StorageException INTERNAL if it is something else, or if fio reports that the job failed
     */
    static FioResult parse(String output) {
        // fio may print notes before the JSON, e.g. about a clock source.
        JsonNode job = tree(output.substring(Math.max(0, output.indexOf('{'))))
                .path("jobs")
                .path(0);
        int error = job.path("error").asInt(-1);
        if (error != 0) {
            throw StorageException.internal(
                    "fio reports " + (error < 0 ? "no job" : "error " + error), new IllegalStateException(output));
        }
        double operations = 0;
        double bytes = 0;
        double median = 0;
        double high = 0;
        for (String direction : List.of("read", "write")) {
            JsonNode part = job.path(direction);
            operations += part.path("iops").asDouble();
            bytes += part.path("bw_bytes").asDouble();
            JsonNode percentiles = part.path("clat_ns").path("percentile");
            median = Math.max(median, percentiles.path("50.000000").asDouble() / 1000);
            high = Math.max(high, percentiles.path("99.000000").asDouble() / 1000);
        }
        return new FioResult(operations, bytes, median, high);
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw StorageException.internal("fio's output is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
