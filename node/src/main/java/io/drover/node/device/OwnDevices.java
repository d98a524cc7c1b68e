package io.drover.node.device;

import io.drover.core.model.VolumeId;
import io.drover.core.sys.FileCalls;
import io.drover.core.sys.FileStatus;
import io.drover.core.sys.SystemCallException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells the volume devices of this installation from all others. The label alone proves nothing, since a second installation on the
 * host uses the same ones: the backing file has to lie on a disk of ours too.
 */
public final class OwnDevices {
    private final LoopDevices devices;
    private final FileCalls files;
    private final VolumeImages images;

    public OwnDevices(LoopDevices devices, FileCalls files, VolumeImages images) {
        this.devices = devices;
        this.files = files;
        this.images = images;
    }

    /** All devices of volumes on our disks, by number. */
    public List<LoopDevice> list() {
        return devices.labelled(LoopLabel::isOfVolume).stream()
                .filter(this::liesOnOurDisk)
                .toList();
    }

    /** The devices of one volume: the one that carries it, and the one for reading. */
    public List<LoopDevice> of(VolumeId volume) {
        return devices.labelled(volume, label -> label.isOf(volume)).stream()
                .filter(this::liesOnOurDisk)
                .toList();
    }

    private boolean liesOnOurDisk(LoopDevice device) {
        List<Path> roots = images.roots();
        return roots.stream().anyMatch(device.backingFile()::startsWith)
                || roots.stream().anyMatch(root -> isBelow(root, device));
    }

    /** The same file under our root, where the kernel's path comes from a mount namespace that is no more. */
    private boolean isBelow(Path root, LoopDevice device) {
        Path shown = device.backingFile();
        try {
            for (int skip = 0; skip < shown.getNameCount(); skip++) {
                Optional<FileStatus> status = files.status(root.resolve(shown.subpath(skip, shown.getNameCount())));
                if (status.filter(device::isOn).isPresent()) {
                    return true;
                }
            }
        } catch (SystemCallException e) {
            // The device has told where its file lies, and so does not lie on a disk that answers nothing.
            if (!e.isOfDeadFileSystem()) {
                throw e;
            }
        }
        return false;
    }
}
