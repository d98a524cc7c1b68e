/**
 * The system calls that the JDK does not have. One small port per kind of object ({@link io.drover.core.sys.MountCalls},
 * {@link io.drover.core.sys.LoopCalls}, …), gathered in {@link io.drover.core.sys.SystemCalls}; what goes in and out are records.
 * Failures are a {@link io.drover.core.sys.SystemCallException} with a typed {@link io.drover.core.sys.Errno}. Nothing native leaves
 * this package, and only this package uses jnr.
 *
 * <p>Every call runs on a platform thread of its own pool, because errno belongs to the thread of the operating system and a virtual
 * thread may change it between the call and the reading of errno. A caller may be any thread; it waits until the call is done.
 */
@NullMarked
package io.drover.core.sys;

import org.jspecify.annotations.NullMarked;
