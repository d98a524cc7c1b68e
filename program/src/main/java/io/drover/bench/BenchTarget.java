package io.drover.bench;

import java.util.Map;

/**
 * Where a bench's backups go.
 *
 * @param kind for the tables: what it is
 * @param name of the driver's target
 * @param credentials as a Secret has them
 */
record BenchTarget(String kind, String name, String url, Map<String, String> credentials) {
    static final String NULL_SERVER = "null S3 server";
    static final String DIRECTORY = "directory";
}
