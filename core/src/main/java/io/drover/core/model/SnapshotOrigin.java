package io.drover.core.model;

/** Who asked for a snapshot, which decides what happens to it when its volume is deleted. */
public enum SnapshotOrigin {
    /** Through CSI (a VolumeSnapshot): has an owner who deletes it, and outlives its volume. */
    CSI,
    /** By hand, with the command line or the UI: goes with its volume. */
    USER,
    /** By a recurring job: goes with its volume. */
    JOB,
    /** By Drover, before a revert: goes with its volume. */
    SAFETY,
    /** By Drover, to be backed up: goes with its volume, or when no backup needs it any more. */
    BACKUP;

    public boolean outlivesVolume() {
        return this == CSI;
    }
}
