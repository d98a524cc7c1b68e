/**
 * Which host a volume is published to: one at most, written down with an epoch that grows. The decision is one change of the volume's
 * record; the node then makes the device by what the publish context says.
 */
@NullMarked
package io.drover.controller.attachment;

import org.jspecify.annotations.NullMarked;
