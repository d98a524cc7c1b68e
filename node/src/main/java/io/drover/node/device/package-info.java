/**
 * Block devices on image files: loop devices of the kernel's. A device is <i>ours</i> if its label begins with
 * {@code drover:} and its backing file is, or was, an image on a disk of ours; a device is <i>stale</i> if it is ours and nobody uses
 * it. Everything is read from the kernel, nothing is remembered. Used by {@code node.stage}, {@code node.disk} and
 * {@code node.agent}.
 */
@NullMarked
package io.drover.node.device;

import org.jspecify.annotations.NullMarked;
