/**
 * Local snapshots: taken, deleted, listed. The record says CREATING before the host is asked and READY only after it has answered that
 * clone and metadata are durable.
 */
@NullMarked
package io.drover.controller.snapshot;

import org.jspecify.annotations.NullMarked;
