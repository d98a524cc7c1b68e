package io.drover.e2e.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.csi.v1.Volume;
import io.drover.csi.v1.VolumeCapability;
import io.drover.e2e.fixture.Attached;
import io.drover.e2e.fixture.Capabilities;
import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.StoreDirectory;
import io.drover.e2e.fixture.Workspace;
import io.drover.proto.jobs.v1.Run;
import io.drover.proto.jobs.v1.RunJobRequest;
import io.drover.proto.operations.v1.AddTargetRequest;
import io.drover.proto.operations.v1.BackupSummary;
import io.drover.proto.operations.v1.GetVolumeRequest;
import io.drover.proto.operations.v1.ListBackupsRequest;
import io.drover.proto.operations.v1.ModifyVolumeRequest;
import io.drover.proto.operations.v1.VolumeDetail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Drover on one pool with one volume {@code data} and a directory as store; jobs on the volume run when they are asked for. */
final class JobHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private final int port = Host.freePort();

    final Workspace workspace = Workspace.create();
    final Pool pool = Pool.create(workspace.root(), PoolEngine.BTRFS, 2L << 30);
    final StoreDirectory store = new StoreDirectory(workspace.directory("store"));
    final StandaloneProcess drover = new StandaloneProcess(
            workspace, "--disk", pool.path().toString(), "--metrics-port", Integer.toString(port));
    private Optional<Attached> attached = Optional.empty();

    JobHost() {
        drover.start();
        var _ = drover.operations()
                .addTarget(AddTargetRequest.newBuilder()
                        .setName("default")
                        .setUrl("file://" + store.path())
                        .build());
    }

    /** Makes the volume with these jobs, and mounts it. */
    Attached mounted(String fileSystem, long size, String jobs) {
        VolumeCapability capability = Capabilities.mount(fileSystem);
        Volume volume = drover.csi()
                .controller()
                .createVolume(CsiClient.volumeRequest("data", size, capability).toBuilder()
                        .putParameters("recurringJobs", jobs)
                        .build())
                .getVolume();
        Attached up = Attached.up(drover.csi(), workspace, volume, capability);
        attached = Optional.of(up);
        return up;
    }

    /** A job of the volume's own that is not due in this year. */
    static String job(String name, String task, int retain) {
        return "{\"name\":\"" + name + "\",\"task\":\"" + task + "\",\"cron\":\"@yearly\",\"retain\":" + retain + "}";
    }

    void modify(String jobs) {
        var _ = drover.operations()
                .modifyVolume(ModifyVolumeRequest.newBuilder()
                        .setName("data")
                        .putParameters("recurringJobs", jobs)
                        .build());
    }

    /** Writes a file of random bytes into the volume, durably. */
    void write(String name, int bytes) {
        byte[] content = new byte[bytes];
        new Random(name.hashCode()).nextBytes(content);
        try {
            Files.write(attached.orElseThrow().target().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sync();
    }

    void sync() {
        HostCommand.run("sync", "-f", attached.orElseThrow().target().toString());
    }

    /** Asks for a run and waits for its end. */
    Run run(String job) {
        var requested = drover.client()
                .jobs()
                .runJob(RunJobRequest.newBuilder().setVolume("data").setJob(job).build())
                .getRequested();
        return await().atMost(PATIENCE)
                .until(
                        () -> drover.client().runs("data", job).stream()
                                .filter(run -> run.getManual()
                                        && run.getScheduled().equals(requested)
                                        && !run.getOutcome().isEmpty())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The same, which has to succeed. */
    Run succeed(String job) {
        Run run = run(job);
        assertThat(run.getOutcome()).as("%s: %s", job, run.getMessage()).isEqualTo("succeeded");
        return run;
    }

    List<String> snapshots() {
        return drover.client().snapshots("data");
    }

    List<String> backups() {
        return drover
                .operations()
                .listBackups(ListBackupsRequest.newBuilder().setVolume("data").build())
                .getBackupsList()
                .stream()
                .map(BackupSummary::getName)
                .toList();
    }

    VolumeDetail volume() {
        return drover.operations()
                .getVolume(GetVolumeRequest.newBuilder().setName("data").build());
    }

    /** A figure of a job of the volume as Prometheus reads it; empty if it is not there. */
    Optional<Double> figure(String name, String job) {
        String series = name + "{job=\"" + job + "\",volume=\"data\"} ";
        return scrape().lines()
                .filter(line -> line.startsWith(series))
                .map(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst();
    }

    private String scrape() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void down() {
        attached.ifPresent(up -> up.down(drover.csi()));
        attached = Optional.empty();
    }

    @Override
    public void close() {
        try {
            if (drover.isAlive()) {
                down();
            }
        } finally {
            drover.close();
            pool.close();
            workspace.close();
        }
    }
}
