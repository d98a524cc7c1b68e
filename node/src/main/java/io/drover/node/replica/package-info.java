/**
 * Replicas and their snapshots on this host's disks. {@link io.drover.node.replica.Replicas} is the service; a
 * {@code ReplicaStore} knows one disk. The layout:
 *
 * <pre>
 *  volumes/&lt;volume&gt;/volume.json                  the volume's record
 *  volumes/&lt;volume&gt;/head/image                   a home of the pool engine; absent when only snapshots are left
 *  volumes/&lt;volume&gt;/snapshots/&lt;snapshot&gt;/home/image
 *  volumes/&lt;volume&gt;/snapshots/&lt;snapshot&gt;/snapshot.json
 * </pre>
 *
 * What is new is made under {@code .new-<name>} beside its place and renamed when it is complete and durable; what goes is renamed to
 * {@code .trash-<name>} first. So a name that is there is complete, and what a crash leaves is told by its name: it is removed when the
 * disk is opened, and by a repeat of the call. Only a snapshot of a group whose other members are there already is finished instead.
 *
 * <p>For {@code node.agent} and the wiring; devices and freezes come in through ports of this package.
 */
@NullMarked
package io.drover.node.replica;

import org.jspecify.annotations.NullMarked;
