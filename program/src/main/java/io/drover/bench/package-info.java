/**
 * {@code drover bench}: what a volume costs beside the raw disk, and what snapshots cost. Everything is measured against a throw-away
 * driver ({@code io.drover.sandbox}) and, because machines are shared and noisy, as far as possible as ratios of runs that took
 * turns. Results are {@link io.drover.bench.ResultTable}s, printed as tables or as JSON.
 */
@NullMarked
package io.drover.bench;

import org.jspecify.annotations.NullMarked;
