package io.drover.core.model;

/** What a new volume is filled with. */
public sealed interface VolumeSource {
    record Blank() implements VolumeSource {}

    record FromSnapshot(SnapshotId snapshot) implements VolumeSource {}

    record FromVolume(VolumeId volume) implements VolumeSource {}
}
