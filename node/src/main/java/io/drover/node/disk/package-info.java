/**
 * The disks of one host: where replicas may live. A {@link io.drover.node.disk.DiskConfiguration} says where to look;
 * {@code DiskOpener} looks, initialises what is surely empty, refuses what is foreign, changed or missing, and yields a
 * {@link io.drover.node.disk.Disk} or the reason why there is none; {@code Disks} keeps them and asks them how they are.
 *
 * <p>The flow of opening: what is at the path (directory, block device) → is there an identity → is it the one remembered for this
 * path → for a new one: announce (intent), make, write the identity, remember. Nothing is initialised on the strength of a failed
 * probe. For {@code node.replica}, {@code node.agent} and the wiring.
 */
@NullMarked
package io.drover.node.disk;

import org.jspecify.annotations.NullMarked;
