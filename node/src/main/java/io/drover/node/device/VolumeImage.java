package io.drover.node.device;

import io.drover.core.model.VolumeId;
import java.nio.file.Path;

/**
 * The file that holds a volume's bytes.
 *
 * @param image exactly the volume's bytes
 */
public record VolumeImage(VolumeId volume, Path image) {}
