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

    VolumeLabels(ResourceStore store) {
        this.store = store;
        this.volumes = new VolumeRecords(store);
    }

    /**
     * Changes labels; the same again does nothing, and removing one that is not there neither.
     *
     * @return all of them as they are then
     * @throws StorageException NOT_FOUND without the volume; INVALID with everything that is wrong, and nothing is changed
     */
    public Map<String, String> change(VolumeId id, Map<String, String> set, Collection<String> remove) {
        RecurringJobRules.requireLabels(id.value(), set);
        Volume volume = volumes.ready("label", id);
        return store.change(Volume.class, volume.key(), now -> {
                    Map<String, String> next = new HashMap<>(now.labels());
                    remove.forEach(next::remove);
                    next.putAll(set);
                    return now.withLabels(next);
                })
                .value()
                .labels();
    }
}
