/**
 * Who uses a replica on this host, and how it is held still: joins what devices, mounts, publications and freezes know to the ports of
 * {@code node.replica}. For wiring only; nothing else calls it.
 */
@NullMarked
package io.drover.node.usage;

import org.jspecify.annotations.NullMarked;
