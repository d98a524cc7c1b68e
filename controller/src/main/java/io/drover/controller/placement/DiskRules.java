package io.drover.controller.placement;

import io.drover.controller.host.DiskState;
import io.drover.core.model.ByteSize;
import io.drover.core.model.Settings;
import java.util.Optional;

/** How much a disk takes, by the settings. */
public final class DiskRules {
    private final Settings settings;

    public DiskRules(Settings settings) {
        this.settings = settings;
    }

    /**
     * The largest volume that the disk takes now, a multiple of {@link ByteSize#STEP}; 0 while it is above its watermark. It can exceed
     * the free space: volumes are thin.
     */
    public ByteSize room(DiskState disk) {
        if (aboveWatermark(disk).isPresent()) {
            return new ByteSize(0);
        }
        double limit = (double) usable(disk) / 100 * settings.overProvisioningPercentage();
        long room = Math.max(0, (long) limit - disk.provisioned().bytes());
        return new ByteSize(room - room % ByteSize.STEP.bytes());
    }

    /** Why the disk takes neither new volumes nor snapshots, or empty if it does. */
    public Optional<String> aboveWatermark(DiskState disk) {
        if (!disk.problem().isEmpty()) {
            return Optional.of(disk.problem());
        }
        long minimum = (long) ((double) disk.capacity().bytes() / 100 * settings.minimalAvailablePercentage());
        if (disk.available().bytes() >= minimum && disk.available().bytes() > 0) {
            return Optional.empty();
        }
        return Optional.of(
                "only " + disk.available() + " of " + disk.capacity() + " are free, and "
                        + settings.minimalAvailablePercentage()
                        + "% must stay free (setting minimal-available-percentage); delete snapshots or volumes, or add a disk");
    }

    private long usable(DiskState disk) {
        return (long) ((double) disk.capacity().bytes() / 100 * (100 - settings.reservedPercentage()));
    }
}
