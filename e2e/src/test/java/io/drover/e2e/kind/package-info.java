/**
 * The chart in a Kubernetes that Docker carries: kind's node image ({@link io.drover.e2e.kind.KindCluster}), started through Testcontainers, and
 * {@code e2e/chart/run} against it. Without Docker it is SKIPPED, and the same checks run in the other clusters that {@code e2e/chart/providers} knows.
 */
@NullMarked
package io.drover.e2e.kind;

import org.jspecify.annotations.NullMarked;
