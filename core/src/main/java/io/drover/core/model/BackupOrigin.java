package io.drover.core.model;

/** Who asked for a backup. */
public enum BackupOrigin {
    /** Through CSI (a VolumeSnapshot): has an owner who deletes it. */
    CSI,
    /** By hand, with the command line or the UI. */
    USER,
    /** By a recurring job. */
    JOB,
    /** By nobody here: the record only says in which store a backup of somebody else's lies. */
    FOREIGN
}
