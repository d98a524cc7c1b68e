package io.drover.node.disk;

import io.drover.core.model.ByteSize;
import io.drover.core.model.Settings;
import java.util.Optional;

/**
 * Decides whether a disk takes something new. Pure: figures in, a reason against it out. What exists is never touched by these rules.
 *
 * <p>Capacity that counts is the disk's without the reserved share. The sum of the volumes' sizes may reach the over-provisioning
 * percentage of it (volumes are thin), and the minimal-available percentage of the whole must stay free.
 */
public final class Watermarks {
    private static final long HUNDRED = 100;

    private final Settings settings;

    public Watermarks(Settings settings) {
        this.settings = settings;
    }

    /** Why the disk takes no new volume, or growth of one, of this many bytes; empty if it does. */
    public Optional<String> againstVolume(DiskUsage usage, ByteSize more) {
        long limit = percent(
                percent(usage.capacity(), HUNDRED - settings.reservedPercentage()),
                settings.overProvisioningPercentage());
        long wanted = usage.provisioned() + more.bytes();
        if (wanted < 0 || wanted > limit) {
            return Optional.of("the sizes of its volumes would sum up to " + shown(wanted) + " of at most "
                    + shown(limit)
                    + " (" + settings.overProvisioningPercentage() + "% of its capacity of " + shown(usage.capacity())
                    + "); use another disk, or raise the over-provisioning setting");
        }
        return againstSnapshot(usage);
    }

    /** Why the disk takes no new snapshot; empty if it does. */
    public Optional<String> againstSnapshot(DiskUsage usage) {
        long floor = percent(
                usage.capacity(), Math.max(settings.minimalAvailablePercentage(), settings.reservedPercentage()));
        if (usage.available() < floor) {
            return Optional.of("only " + shown(usage.available()) + " of " + shown(usage.capacity())
                    + " are free and " + shown(floor)
                    + " have to stay so; delete volumes or snapshots, or lower the minimal-available setting");
        }
        return Optional.empty();
    }

    /** How many bytes of new volumes the disk takes now; 0 or more. */
    public long room(DiskUsage usage) {
        long limit = percent(
                percent(usage.capacity(), HUNDRED - settings.reservedPercentage()),
                settings.overProvisioningPercentage());
        return againstSnapshot(usage).isPresent() ? 0 : Math.max(0, limit - usage.provisioned());
    }

    private static long percent(long bytes, long percentage) {
        return bytes / HUNDRED * percentage + bytes % HUNDRED * percentage / HUNDRED;
    }

    private static String shown(long bytes) {
        return bytes < 0 ? "more than any disk" : new ByteSize(bytes).toString();
    }
}
