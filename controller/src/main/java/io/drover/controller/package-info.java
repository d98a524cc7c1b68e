/**
 * The controller: CSI's Identity, Controller, GroupController and SnapshotMetadata services, and the operations that people ask for, all
 * over the same plain services. {@link io.drover.controller.StorageServices} wires these.
 *
 * <pre>
 *  csi, operations (edges: gRPC)
 *     └─▶ attachment, snapshot, group, metadata ─▶ volume ─▶ placement ─▶ host (port; gRPC client of the agents)
 *                                                    └─▶ core.store (records)
 * </pre>
 */
@NullMarked
package io.drover.controller;

import org.jspecify.annotations.NullMarked;
