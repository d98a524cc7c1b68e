package io.drover.controller.trouble;

import io.drover.core.events.Events;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupState;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.JobHistory;
import io.drover.core.model.JobOutcome;
import io.drover.core.model.Resource;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;
import io.drover.core.store.ResourceStore;
import io.drover.core.store.Stored;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells of backups and jobs that failed, hosts that are not ready, and targets that are not available, each once for as long as it is so.
 * It looks at the records only: whoever fails writes that down, and tells nobody himself. What stood there already when this process
 * began was told by the one before.
 */
public final class Troubles {
    private final ResourceStore store;
    private final Events events;
    private Set<Trouble> known = new HashSet<>();
    private boolean first = true;

    private record Trouble(Class<? extends Resource> kind, String key, String reason, String message) {}

    public Troubles(ResourceStore store, Events events) {
        this.store = store;
        this.events = events;
    }

    /** One round over all records. */
    public synchronized void look() {
        Set<Trouble> now = new LinkedHashSet<>();
        Stream.of(backups(), jobs(), nodes(), targets()).flatMap(each -> each).forEach(now::add);
        for (Trouble trouble : now) {
            if (!first && !known.contains(trouble)) {
                events.warn(trouble.kind(), trouble.key(), trouble.reason(), trouble.message());
            }
        }
        known = now;
        first = false;
    }

    /** On the volume, and on the backup itself. */
    private Stream<Trouble> backups() {
        return all(Backup.class)
                .filter(backup -> backup.state() == BackupState.FAILED)
                .flatMap(backup -> {
                    String why =
                            backup.failure().map(failure -> failure.message()).orElse("");
                    return Stream.of(
                            new Trouble(Backup.class, backup.key(), "BackupFailed", why),
                            new Trouble(
                                    Volume.class,
                                    backup.id().volume().value(),
                                    "BackupFailed",
                                    "backup " + backup.id().name() + ": " + why));
                });
    }

    /** The latest run of each; one that fails again and again is told each time. */
    private Stream<Trouble> jobs() {
        return all(JobHistory.class)
                .filter(history ->
                        !history.runs().isEmpty() && history.runs().getFirst().is(JobOutcome.FAILED))
                .map(history -> new Trouble(
                        Volume.class,
                        history.volume().value(),
                        "JobFailed",
                        "job " + history.job() + " of "
                                + history.runs().getFirst().scheduled() + ": "
                                + history.runs()
                                        .getFirst()
                                        .end()
                                        .map(end -> end.message())
                                        .orElse("")));
    }

    private Stream<Trouble> nodes() {
        return all(StorageNode.class)
                .flatMap(node -> node.report().stream()
                        .filter(report -> !report.ready())
                        .map(report -> new Trouble(StorageNode.class, node.key(), report.reason(), report.message())));
    }

    private Stream<Trouble> targets() {
        return all(BackupTarget.class)
                .flatMap(target -> target.report().stream()
                        .filter(report -> !report.available())
                        .map(report ->
                                new Trouble(BackupTarget.class, target.key(), report.reason(), report.message())));
    }

    private <T extends Resource> Stream<T> all(Class<T> kind) {
        return store.listReadable(kind).stream().map(Stored::value);
    }
}
