package io.drover.controller.volume;

import io.drover.core.model.Volume;
import io.drover.core.model.VolumeId;
import java.util.List;
import java.util.Map;

/** What the conditions of volumes say of what is not in their own records. */
public interface VolumeTroubles {
    /** Of all volumes that have any. */
    Map<VolumeId, List<String>> troubles();

    /** Of one volume, without looking at the others. */
    List<String> troubles(Volume volume);
}
