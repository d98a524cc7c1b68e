/** What is measured: calls, volumes and snapshots by state, disks. Names begin with {@code drover_} and end with their unit. */
@NullMarked
package io.drover.controller.metrics;

import org.jspecify.annotations.NullMarked;
