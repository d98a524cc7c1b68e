package io.drover.core.parameters;

import io.drover.core.model.Settings;
import java.util.List;

/** The driver's settings. */
final class SettingKeys {
    static final Parameter<Integer> OVER_PROVISIONING_PERCENTAGE = new Parameter<>(
            "over-provisioning-percentage",
            ParameterType.integer(0, 100_000),
            String.valueOf(Settings.DEFAULTS.overProvisioningPercentage()),
            true,
            "Sum of the sizes of all volumes on a disk, in percent of its usable capacity, up to which it takes new ones.");

    static final Parameter<Integer> MINIMAL_AVAILABLE_PERCENTAGE = new Parameter<>(
            "minimal-available-percentage",
            ParameterType.integer(0, 100),
            String.valueOf(Settings.DEFAULTS.minimalAvailablePercentage()),
            true,
            "Part of a disk's capacity that must be free for it to take new volumes and snapshots.");

    static final Parameter<Integer> RESERVED_PERCENTAGE = new Parameter<>(
            "reserved-percentage",
            ParameterType.integer(0, 100),
            String.valueOf(Settings.DEFAULTS.reservedPercentage()),
            true,
            "Part of a disk's capacity that Drover leaves to others.");

    static final Parameter<Boolean> ALLOW_DEGRADED_CREATION = new Parameter<>(
            "allow-degraded-creation",
            ParameterType.bool(),
            String.valueOf(Settings.DEFAULTS.allowDegradedCreation()),
            true,
            "Whether a volume is made when there are fewer places than replicas wanted.");

    static final Parameter<Integer> MAXIMUM_RETENTION = new Parameter<>(
            "maximum-retention",
            ParameterType.integer(1, 10_000),
            String.valueOf(Settings.DEFAULTS.maximumRetention()),
            true,
            "Upper limit of the sum of `retain` over the recurring jobs of a volume.");

    static final List<Parameter<?>> ALL = List.of(
            OVER_PROVISIONING_PERCENTAGE,
            MINIMAL_AVAILABLE_PERCENTAGE,
            RESERVED_PERCENTAGE,
            ALLOW_DEGRADED_CREATION,
            MAXIMUM_RETENTION);

    private SettingKeys() {}
}
