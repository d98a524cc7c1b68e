package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.NodeId;
import java.util.List;
import java.util.function.Function;

/** Asks what any mover can answer: what lies in a store. */
final class AnyMover {
    private final Movers movers;

    AnyMover(Movers movers) {
        this.movers = movers;
    }

    /** Asks the first, and the next if that one is not available. */
    <T> T ask(Function<NodeId, T> question) {
        List<NodeId> nodes = movers.nodes();
        if (nodes.isEmpty()) {
            throw StorageException.unavailable(
                    "no mover runs, and without one there are no backups; start one, and call again");
        }
        for (NodeId node : nodes.subList(0, nodes.size() - 1)) {
            try {
                return question.apply(node);
            } catch (StorageException e) {
                if (e.code() != ErrorCode.UNAVAILABLE) {
                    throw e;
                }
            }
        }
        return question.apply(nodes.getLast());
    }
}
