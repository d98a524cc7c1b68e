package io.drover.controller.attachment;

import io.drover.core.model.Attachment;
import io.drover.core.model.ReplicaPlacement;
import io.drover.core.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the node is told with a publication: how it reaches each replica, and the epoch. */
public final class PublishContext {
    private static final String LEG = "drover.io/leg.";
    private static final String EPOCH = "drover.io/epoch";

    private PublishContext() {}

    /** The text form: {@code drover.io/leg.<n>} = {@code local:<disk id>}, {@code drover.io/epoch} = a number. */
    public static Map<String, String> of(Volume volume, Attachment attachment) {
        Map<String, String> context = new TreeMap<>();
        List<ReplicaPlacement> local = volume.placements().stream()
                .filter(place -> place.node().equals(attachment.node()))
                .toList();
        for (int leg = 0; leg < local.size(); leg++) {
            context.put(LEG + leg, "local:" + local.get(leg).disk());
        }
        context.put(EPOCH, Long.toString(attachment.epoch()));
        return context;
    }
}
