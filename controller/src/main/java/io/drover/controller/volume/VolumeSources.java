package io.drover.controller.volume;

import io.drover.core.error.StorageException;
import io.drover.core.model.BackupUrl;
import io.drover.core.model.VolumeSource;

/** What a new volume is filled with, said in two places: by the request itself, and by the parameter {@code fromBackup}. */
public final class VolumeSources {
    private VolumeSources() {}

    /**
     * Brings both together.
     *
     * @param fromBackup of the parameters, or empty
     * @throws StorageException INVALID if they name two things
     */
    public static VolumeSource withParameter(VolumeSource source, String fromBackup) {
        if (fromBackup.isEmpty()) {
            return source;
        }
        BackupUrl url = BackupUrl.parse(fromBackup);
        boolean same = switch (source) {
            case VolumeSource.Blank() -> true;
            case VolumeSource.FromBackup(String target, var backup) ->
                backup.equals(url.backup()) && (target.isEmpty() || BackupUrl.isSameTarget(target, url.target()));
            case VolumeSource.FromSnapshot(var _), VolumeSource.FromVolume(var _) -> false;
        };
        if (!same) {
            throw StorageException.invalid(
                    "the volume shall be made from one thing by the request, and from another by the"
                            + " parameter fromBackup (backup " + url.backup() + "); leave one of them out");
        }
        return new VolumeSource.FromBackup(url.target(), url.backup());
    }
}
