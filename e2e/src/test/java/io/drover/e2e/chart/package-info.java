/** Tests of the Helm chart that need no cluster: what it renders, and what it refuses. {@code e2e/chart/run} installs it in one. */
@NullMarked
package io.drover.e2e.chart;

import org.jspecify.annotations.NullMarked;
