package io.drover.controller.backup;

import io.drover.controller.mover.Movers;
import io.drover.controller.mover.StoredVolume;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.BackupTarget.TargetReport;
import io.drover.core.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether targets answer, writes into their records what they said, and lists what lies in them. Reads only: what
 * writes to a target is its owner's test ({@code drover target test}).
 */
public final class TargetChecks {
    static final String AVAILABLE = "Available";

    private static final Logger log = LoggerFactory.getLogger(TargetChecks.class);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    /** Sooner, as somebody may be waiting for a repaired one. */
    private static final Duration INTERVAL_OF_SILENT = Duration.ofMinutes(1);

    private static final Duration LISTING = Duration.ofMinutes(30);

    private final ResourceStore store;
    private final BackupTargets targets;
    private final Movers movers;
    private final AnyMover anyMover;
    private final FoundBackups found;
    private final Clock clock;
    private final Map<String, Checked> checked = new ConcurrentHashMap<>();

    /** @param listed when its backups were listed last */
    private record Checked(String url, String credentials, Optional<Instant> listed) {
        boolean isOf(BackupTarget target) {
            return url.equals(target.url()) && credentials.equals(target.credentials());
        }
    }

    TargetChecks(ResourceStore store, BackupTargets targets, Movers movers, FoundBackups found, Clock clock) {
        this.store = store;
        this.targets = targets;
        this.movers = movers;
        this.anyMover = new AnyMover(movers);
        this.found = found;
        this.clock = clock;
    }

    /** One round over all targets: those that are new, or changed, or whose time has come. Blocks until each has answered. */
    public void reconcile() {
        List<BackupTarget> all = targets.list();
        checked.keySet().retainAll(all.stream().map(BackupTarget::name).toList());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            all.stream().filter(this::isDue).forEach(target -> {
                var _ = threads.submit(() -> check(target));
            });
        }
    }

    private boolean isDue(BackupTarget target) {
        Checked before = checked.get(target.name());
        if (before == null || !before.isOf(target) || target.report().isEmpty()) {
            return true;
        }
        TargetReport report = target.report().get();
        Duration interval = report.available() ? INTERVAL : INTERVAL_OF_SILENT;
        return !report.checkedAt().plus(interval).isAfter(clock.instant());
    }

    private void check(BackupTarget target) {
        try {
            Optional<Instant> listed = Optional.ofNullable(checked.get(target.name()))
                    .filter(before -> before.isOf(target))
                    .flatMap(Checked::listed);
            TargetReport report;
            try {
                ResolvedTarget resolved = targets.resolve(target.name(), Map.of());
                List<StoredVolume> volumes = anyMover.ask(node -> movers.volumes(node, resolved.access()));
                report = new TargetReport(true, AVAILABLE, "", clock.instant());
                if (listed.isEmpty() || !listed.get().plus(LISTING).isAfter(clock.instant())) {
                    found.record(resolved, volumes);
                    listed = Optional.of(clock.instant());
                }
            } catch (StorageException e) {
                report = new TargetReport(false, reason(e.code()), String.valueOf(e.getMessage()), clock.instant());
            }
            checked.put(target.name(), new Checked(target.url(), target.credentials(), listed));
            write(target, report);
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("target", target.name()).setCause(e).log("a target could not be looked at");
        }
    }

    /** A word for the code: {@code Unavailable}, {@code Invalid}. */
    private static String reason(ErrorCode code) {
        if (code == ErrorCode.IN_USE) { // no Secret, a refused export: something outside must be put right first
            return "Misconfigured";
        }
        StringBuilder word = new StringBuilder();
        for (String part : code.name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }

    private void write(BackupTarget target, TargetReport report) {
        boolean before = target.report().map(TargetReport::available).orElse(true);
        if (before != report.available()) {
            log.atInfo()
                    .addKeyValue("target", target.name())
                    .log(
                            report.available()
                                    ? "backup target is available"
                                    : "backup target is not available: " + report.message());
        }
        var _ = store.changeIfThere(
                BackupTarget.class,
                target.name(),
                now -> now.url().equals(target.url()) ? now.withReport(report) : now);
    }
}
