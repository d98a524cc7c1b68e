package io.drover.controller.volume;

import io.drover.core.model.Volume;

/** A volume and how it is. */
public record VolumeView(Volume volume, VolumeCondition condition) {}
