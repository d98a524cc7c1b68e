package io.drover.controller.mover;

import io.drover.core.model.BackupId;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;

/**
 * A replica to be filled from a backup.
 *
 * @param into the new volume, whose replica exists and is in nobody's use
 * @param disk where it lies
 * @param size of the new volume; not below the backup's
 */
public record RestoreOrder(
        TargetAccess target, BackupId backup, VolumeId into, DiskId disk, ByteSize size, BackupSettings settings) {}
