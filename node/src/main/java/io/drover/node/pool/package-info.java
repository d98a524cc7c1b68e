/**
 * The copy-on-write file systems that hold replicas. A {@link io.drover.node.pool.PoolEngine} makes, clones, grows and deletes
 * <em>homes</em>: directories with a file {@code image} in them that is exactly a volume's bytes. It knows nothing of volumes, snapshots
 * and their metadata: those are {@code node.replica}'s. Two engines, held by one contract test.
 */
@NullMarked
package io.drover.node.pool;

import org.jspecify.annotations.NullMarked;
