package io.drover.standalone;

import io.drover.controller.StorageServices;
import io.drover.controller.backup.BackupServices;
import io.drover.controller.csi.ControllerService;
import io.drover.controller.csi.GroupControllerService;
import io.drover.controller.csi.SnapshotMetadataService;
import io.drover.controller.host.Hosts;
import io.drover.controller.metrics.BackupMetrics;
import io.drover.controller.metrics.JobMetrics;
import io.drover.controller.metrics.StorageMetrics;
import io.drover.controller.mover.Movers;
import io.drover.controller.operations.JobsService;
import io.drover.controller.operations.OperationsService;
import io.drover.controller.operations.ProgramFacts;
import io.drover.controller.operations.RecoveryService;
import io.drover.controller.operations.SchedulingService;
import io.drover.controller.recovery.RecordTexts;
import io.drover.controller.recovery.Recovery;
import io.drover.controller.settings.DriverSettings;
import io.drover.core.credentials.CredentialStore;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.Resource;
import io.drover.core.resources.Kind;
import io.drover.core.resources.ResourceFormat;
import io.drover.core.store.ResourceStore;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What serves the cluster: the services of the controller over records and hosts.
 *
 * @param csi Controller, GroupController and SnapshotMetadata
 * @param scrape the figures, asked for anew
 */
public record ControllerFloor(
        StorageServices services,
        DriverSettings settings,
        Recovery recovery,
        List<BindableService> csi,
        Supplier<String> scrape) {
    public ControllerFloor {
        csi = List.copyOf(csi);
    }

    /** What it stands on. */
    public record Ports(ResourceStore store, Hosts hosts, Movers movers, CredentialStore credentials) {}

    /** Wires the controller. */
    public static ControllerFloor open(Ports ports, PrometheusMeterRegistry metrics, FaultPoints faults, Clock clock) {
        ResourceFormat format = new ResourceFormat();
        DriverSettings settings = new DriverSettings(ports.store());
        StorageServices services = StorageServices.of(
                ports.store(),
                ports.hosts(),
                ports.movers(),
                ports.credentials(),
                settings,
                record -> format.write(record, 0),
                faults,
                clock,
                BackupServices.Patience.DEFAULT);
        StorageMetrics figures = new StorageMetrics(metrics, services.records(), ports.hosts());
        BackupMetrics backupFigures =
                new BackupMetrics(metrics, services.backups().queries());
        JobMetrics jobFigures = new JobMetrics(metrics, services.jobs().histories());
        Recovery recovery = new Recovery(
                ports.store(),
                ports.hosts(),
                new RecordTexts() {
                    @Override
                    public <T extends Resource> T read(Class<T> kind, String text, String place) {
                        return kind.cast(format.read(Kind.of(kind), text, place).value());
                    }
                },
                clock);
        return new ControllerFloor(
                services,
                settings,
                recovery,
                List.of(
                        new ControllerService(services, settings),
                        new GroupControllerService(services.groups()),
                        new SnapshotMetadataService(services.changedBlocks())),
                () -> {
                    figures.refresh();
                    backupFigures.refresh();
                    jobFigures.refresh();
                    return metrics.scrape();
                });
    }

    /** The services of the command line, the scheduler and the UI. */
    public List<BindableService> operations(ProgramFacts facts, Clock clock) {
        return List.of(
                new OperationsService(services, settings, facts, clock),
                new JobsService(services.jobs()),
                new SchedulingService(services.jobs()),
                new RecoveryService(recovery));
    }

    /** Figures of the process itself. */
    public static void processFigures(MeterRegistry metrics) {
        new JvmMemoryMetrics().bindTo(metrics);
        new UptimeMetrics().bindTo(metrics);
    }
}
