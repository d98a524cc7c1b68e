package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.Transfer;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupId;
import io.drover.core.model.BackupSettings;
import io.drover.core.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and ends what movers do. */
public final class TransferQueries {
    private static final Logger log = LoggerFactory.getLogger(TransferQueries.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Movers movers;
    private final BackupTargets targets;
    private final StoredBackups stored;
    private final BackupCreation creation;
    private final AnyMover anyMover;

    TransferQueries(Movers movers, BackupTargets targets, StoredBackups stored, BackupCreation creation) {
        this.movers = movers;
        this.targets = targets;
        this.stored = stored;
        this.creation = creation;
        this.anyMover = new AnyMover(movers);
    }

    /**
     * All that the movers remember.
     *
     * @throws StorageException if a mover does not answer
     */
    public List<Transfer> all() {
        return movers.nodes().stream()
                .flatMap(node -> movers.transfers(node).stream())
                .toList();
    }

    /** Those of the movers that answer. */
    List<Transfer> known() {
        List<Transfer> known = new ArrayList<>();
        for (NodeId node : movers.nodes()) {
            try {
                known.addAll(movers.transfers(node));
            } catch (StorageException e) {
                log.atDebug()
                        .addKeyValue("node", node)
                        .addKeyValue("code", e.code())
                        .log("its mover does not answer");
            }
        }
        return known;
    }

    /**
     * Hands a transfer over as it stands, now and after every second, until it has ended. Blocks. A backup that is complete is
     * on record before that is handed over; one that failed is written down by whoever asks for it again, or by housekeeping, so that
     * the reason is told before it is tried again.
     *
     * @param node empty = whichever knows it
     * @throws StorageException NOT_FOUND if nobody knows it
     */
    public void watch(String id, Optional<NodeId> node, Consumer<Transfer> receiver) {
        Transfer now = get(id, node, Duration.ZERO);
        while (!now.state().isEnded()) {
            receiver.accept(now);
            now = movers.transfer(now.node(), id, BETWEEN);
        }
        if (now.kind() == Transfer.Kind.BACKUP && now.state() == Transfer.State.DONE) {
            recordEnd(now);
        }
        receiver.accept(now);
    }

    /** Ends a transfer soon, and returns how it stands then. */
    public Transfer cancel(String id, Optional<NodeId> node) {
        Transfer found = get(id, node, Duration.ZERO);
        movers.cancel(found.node(), id);
        return movers.transfer(found.node(), id, BETWEEN);
    }

    /**
     * Begins to read a backup's blocks, or reports the verification that is under way or done.
     *
     * @param target as for {@link StoredBackups#find}
     * @param samplePercent 1–100
     */
    public Transfer verify(BackupId id, String target, int samplePercent, BackupSettings settings) {
        if (samplePercent < 1 || samplePercent > 100) {
            throw StorageException.invalid("a sample of " + samplePercent + " percent is not possible; give 1 to 100");
        }
        ResolvedTarget where = stored.find(id, target, Map.of())
                .map(StoredBackups.Found::target)
                .orElseThrow(() -> StorageException.notFound("backup", id.toString()));
        return anyMover.ask(node -> movers.startVerification(node, where.access(), id, samplePercent, settings));
    }

    private void recordEnd(Transfer ended) {
        try {
            creation.ended(ended);
        } catch (StorageException e) {
            // Somebody else is at it.
            log.atDebug()
                    .addKeyValue("backup", ended.backup())
                    .addKeyValue("code", e.code())
                    .log("end not recorded here");
        }
    }

    private Transfer get(String id, Optional<NodeId> node, Duration wait) {
        List<NodeId> nodes = node.map(List::of).orElseGet(movers::nodes);
        for (NodeId each : nodes) {
            try {
                return movers.transfer(each, id, wait);
            } catch (StorageException e) {
                if (e.code() != ErrorCode.NOT_FOUND) {
                    throw e;
                }
            }
        }
        throw StorageException.notFound("transfer", id);
    }
}
