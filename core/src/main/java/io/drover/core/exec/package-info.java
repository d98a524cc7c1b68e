/**
 * External programs: mkfs, fsck, probes. A {@link io.drover.core.exec.Command} is a program from a fixed list of directories with an
 * argument vector, a timeout and a purpose; never a shell. Only this package starts processes.
 */
@NullMarked
package io.drover.core.exec;

import org.jspecify.annotations.NullMarked;
