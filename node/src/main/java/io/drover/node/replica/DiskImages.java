package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.core.model.DiskId;
import io.drover.core.model.VolumeId;
import io.drover.node.device.BlockBytes;
import io.drover.node.device.VolumeImage;
import io.drover.node.device.VolumeImages;
import io.drover.node.disk.Disk;
import io.drover.node.disk.RefusedDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shows devices and staging where the heads of the replicas lie. */
public final class DiskImages implements VolumeImages {
    private final ReplicaStores stores;

    public DiskImages(ReplicaStores stores) {
        this.stores = stores;
    }

    @Override
    public VolumeImage head(DiskId disk, VolumeId volume) {
        ReplicaStore store = stores.require(disk);
        Path _ = store.requireHead(volume);
        return image(store, volume);
    }

    @Override
    public Optional<VolumeImage> find(VolumeId volume) {
        for (ReplicaStore open : stores.all()) {
            ReplicaStore store = stores.require(open.disk().id());
            if (store.hasHead(volume)) {
                return Optional.of(image(store, volume));
            }
        }
        boolean allSeen = stores.disks().all().stream().allMatch(Disk.class::isInstance);
        if (!allSeen) {
            throw StorageException.unavailable(
                    "cannot tell whether volume " + volume
                            + " is on this host: it is on none of the usable disks, and a disk is not usable; see the list of disks");
        }
        return Optional.empty();
    }

    @Override
    public BlockBytes blockBytes(VolumeImage image) {
        return stores.all().stream()
                .filter(store -> store.folder(image.volume()).image().equals(image.image()))
                .findFirst()
                .orElseThrow(
                        () -> StorageException.notFound("volume", image.volume().value()))
                .metadata(image.volume())
                .blocks();
    }

    @Override
    public List<Path> roots() {
        return stores.disks().all().stream()
                .map(state -> switch (state) {
                    case Disk disk -> disk.root();
                    case RefusedDisk refused -> refused.configuration().path();
                })
                .toList();
    }

    private static VolumeImage image(ReplicaStore store, VolumeId volume) {
        VolumeFolder folder = store.folder(volume);
        return new VolumeImage(volume, folder.image());
    }
}
