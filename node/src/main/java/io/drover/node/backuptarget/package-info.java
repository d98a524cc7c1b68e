/**
 * NFS exports that hold backup stores, mounted for the mover, which may not mount. A mount is kept while somebody claims it, and removed
 * when nobody did for a while. Used by {@code node.agent} and by housekeeping.
 *
 * <p>Nothing here touches a file below a mount: on a dead server that would hang. Looking is reading the kernel's table of mounts, acting
 * is a child process with a deadline.
 */
@NullMarked
package io.drover.node.backuptarget;

import org.jspecify.annotations.NullMarked;
