package io.drover.node.stage;

import io.drover.core.error.StorageException;
import io.drover.core.model.FileSystemType;
import io.drover.node.device.LoopDevice;
import io.drover.node.device.VolumeImage;
import io.drover.node.filesystem.DeviceContent;
import io.drover.node.filesystem.FileSystems;
import io.drover.node.filesystem.FormattingIntent;
import java.util.Optional;

/** Gets the device of a volume ready for its first mount: makes a file system on a blank one, checks any other. */
final class VolumePreparation {
    private final FileSystems fileSystems;

    VolumePreparation(FileSystems fileSystems) {
        this.fileSystems = fileSystems;
    }

    /**
     * Leaves a sound file system on the device, which is not mounted, and says of which type.
     *
     * @throws StorageException IN_USE if there is something else on it, CORRUPT if a human has to repair it
     */
    FileSystemType prepare(StageRequest request, VolumeAccess.Mounted access, LoopDevice device, VolumeImage image) {
        Optional<FileSystemType> interrupted = new FormattingIntent(image.image()).read();
        if (interrupted.isPresent()) {
            FileSystemType type = access.type().orElse(interrupted.get());
            fileSystems.make(type, access.makeParameters(), device, image);
            return type;
        }
        String cannot = "cannot stage volume " + request.volume() + ": " + device.path();
        return switch (fileSystems.content(device, image)) {
            case DeviceContent.Blank _ -> {
                if (request.isReadOnly()) {
                    throw StorageException.inUse(
                            cannot
                                    + " is blank and the request is read-only; stage it for writing once, so that a file system is made");
                }
                FileSystemType type = access.type().orElse(FileSystemType.EXT4);
                fileSystems.make(type, access.makeParameters(), device, image);
                yield type;
            }
            case DeviceContent.Formatted(FileSystemType type) -> {
                if (!access.type().orElse(type).equals(type)) {
                    throw StorageException.inUse(cannot + " carries " + type.text() + ", the request wants "
                            + access.type().orElseThrow().text() + "; ask for " + type.text()
                            + " or use another volume");
                }
                fileSystems.check(type, device);
                yield type;
            }
            case DeviceContent.Foreign(String description) ->
                throw StorageException.inUse(
                        cannot + " carries " + description
                                + ", which Drover neither mounts nor overwrites; use it as a raw block volume, or discard its content there");
        };
    }
}
