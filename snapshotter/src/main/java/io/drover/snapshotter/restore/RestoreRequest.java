package io.drover.snapshotter.restore;

import io.drover.snapshotter.image.ReplicaAddress;
import io.drover.snapshotter.transfer.Limits;

/**
 * A restore that somebody wants.
 *
 * @param volume as the store names it
 * @param into whose image is filled; nobody else uses it meanwhile
 * @param size of that volume
 */
public record RestoreRequest(String volume, String backup, ReplicaAddress into, long size, Limits limits) {}
