package io.drover.controller.csi;

import io.drover.controller.backup.BackupSpecification;
import io.drover.controller.snapshot.SnapshotSpecification;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.VolumeId;

/** What a CreateSnapshot asks for. */
sealed interface SnapshotOrder {
    /** A snapshot that stays on the volume's disks. */
    record Local(SnapshotSpecification wanted) implements SnapshotOrder {}

    /** One that is uploaded. */
    record Upload(BackupSpecification wanted) implements SnapshotOrder {}

    /**
     * Nothing new: a backup that is there.
     *
     * @param source the volume that the request names, which need not be that of the backup
     */
    record Existing(BackupUrl url, VolumeId source) implements SnapshotOrder {}
}
