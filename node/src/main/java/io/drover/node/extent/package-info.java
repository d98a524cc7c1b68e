/**
 * Which bytes of an image are allocated, and which differ between two images, told from where the file system put them. Pure: no I/O,
 * no system calls.
 *
 * <p>The ground it stands on: on a copy-on-write file system two files that refer to the same place on disk have the same content
 * there, for nobody overwrites a place that more than one file refers to.
 */
@NullMarked
package io.drover.node.extent;

import org.jspecify.annotations.NullMarked;
