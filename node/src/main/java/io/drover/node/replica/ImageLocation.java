package io.drover.node.replica;

import io.drover.core.model.ByteSize;
import java.nio.file.Path;

/**
 * An image on a disk of this host.
 *
 * @param path absolute; exactly the volume's bytes
 */
public record ImageLocation(Path path, ByteSize size) {}
