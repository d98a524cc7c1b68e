package io.drover.controller.attachment;

import io.drover.core.model.AccessMode;
import io.drover.core.model.NodeId;
import io.drover.core.model.VolumeId;

/**
 * A wish to use a volume on a host.
 *
 * @param block as a raw device, otherwise mounted
 */
public record AttachmentRequest(VolumeId volume, NodeId node, AccessMode accessMode, boolean block) {}
