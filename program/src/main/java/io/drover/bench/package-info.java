/**
 * {@code drover bench}: what a volume costs beside the raw disk, what snapshots cost, and what backups and restores reach beside their
 * parts. Everything is measured against a throw-away driver ({@code io.drover.sandbox}) and, because machines are shared and noisy, as
 * far as possible as ratios of runs that took turns. Results are {@link io.drover.bench.ResultTable}s, printed as tables or as JSON.
 */
@NullMarked
package io.drover.bench;

import org.jspecify.annotations.NullMarked;
