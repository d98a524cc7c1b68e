/**
 * {@code drover demo}: a real volume's whole life on this host in a minute, told step by step, every step with its check. The steps
 * are chapters of a story that share a {@link io.drover.demo.Scene}; the first failure ends the story, cleaning up always follows.
 *
 * <pre>
 * DemoCommand → Demo → ProvisionSteps → SnapshotSteps → ResilienceSteps → RemovalSteps
 *                 └ Narration (what is printed)       each: a list of Step
 * </pre>
 */
@NullMarked
package io.drover.demo;

import org.jspecify.annotations.NullMarked;
