package io.drover.controller.jobs;

import io.drover.controller.volume.VolumeRecords;
import io.drover.core.error.StorageException;
import io.drover.core.jobs.RecurringJobRules;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import io.drover.core.store.ResourceStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Sets and removes labels of volumes. */
public final class VolumeLabels {
    private final ResourceStore store;
    private final VolumeRecords volumes;

    private final RetentionLimit limit;

    VolumeLabels(ResourceStore store, RetentionLimit limit) {
        this.store = store;
        this.limit = limit;
        this.volumes = new VolumeRecords(store);
    }

    /**
     * Changes labels; the same again does nothing, and removing one that is not there neither.
     *
     * @return the volume with all of them as they are then
     * @throws StorageException NOT_FOUND without the volume; INVALID with everything that is wrong, or if the volume's jobs would keep too
     *     much; nothing is changed then
     */
    public Volume change(VolumeId id, Map<String, String> set, Collection<String> remove) {
        RecurringJobRules.requireLabels(id.value(), set);
        Volume volume = volumes.ready("label", id);
        limit.requireVolume(volume, changed(volume, set, remove));
        return store.change(Volume.class, volume.key(), now -> changed(now, set, remove))
                .value();
    }

    private static Volume changed(Volume volume, Map<String, String> set, Collection<String> remove) {
        Map<String, String> next = new HashMap<>(volume.labels());
        remove.forEach(next::remove);
        next.putAll(set);
        return volume.withLabels(next);
    }
}
