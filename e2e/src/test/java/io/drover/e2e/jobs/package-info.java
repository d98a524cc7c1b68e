/** Recurring jobs of the real program, on mounted volumes and a real store. Jobs are run by asking for them, so that no test waits for a time. */
@org.jspecify.annotations.NullMarked
package io.drover.e2e.jobs;
