/**
 * Bringing a volume to a workload on this host, as plain services without gRPC:
 *
 * <pre>
 * stage     image → loop device → file system made or checked → mounted at the staging path → grown, handed to the group
 *           (raw block: the device node is bound to {@code <staging path>/device})
 * publish   the staged file system, or the device node, bound to the target path
 * unpublish, unstage   the same backwards; what is missing is a success
 * </pre>
 *
 * Each looks at the kernel, does what is missing, and looks again; a repeated call and a restarted process go on where things stand. One
 * operation per volume at a time, by a guard shared with everything that changes a volume on this host. Small files remember only what
 * the kernel cannot know: which pod a path belongs to, and how it was asked for ({@link io.drover.node.stage.Publications}).
 */
@NullMarked
package io.drover.node.stage;

import org.jspecify.annotations.NullMarked;
