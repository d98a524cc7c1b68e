package io.drover.e2e.crash;

import io.drover.core.time.Pause;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.StoreDirectory;
import io.drover.e2e.fixture.Workspace;
import io.drover.snapshotter.trial.TrialS3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The program dies at every step of backups, restores and deletions of backups, and the same calls finish the work; see {@link Deaths}.
 * The steps of volumes and local snapshots have a test of their own.
 */
@Tag("root")
class KillDuringBackupsIT {
    private static final long GIBI = 1L << 30;
    private static final List<String> OURS = List.of("backup", "restore.", "target-", "volume-create.restored");
    /** Of each kind of work the moment when most is half done. */
    private static final Set<String> FEW = Set.of(
            "backup.block-stored",
            "backup.configuration-written",
            "restore.block-written",
            "backup-delete.configuration-removed",
            "backup-delete.block-removed");

    @Test
    void withADirectory() throws IOException {
        try (Workspace workspace = Workspace.create()) {
            Path directory = workspace.directory("store");
            check(
                    workspace,
                    new StoreDirectory(directory),
                    "file://" + directory,
                    Map.of(),
                    point -> OURS.stream().anyMatch(point::startsWith),
                    30);
        }
    }

    @Test
    void withAnS3Server() throws IOException {
        try (Workspace workspace = Workspace.create();
                TrialS3Server server = TrialS3Server.start(
                        Path.of(System.getProperty("drover.s3proxy", "s3proxy")),
                        workspace.directory("s3"),
                        UUID.randomUUID().toString(),
                        Pause.SLEEP)) {
            server.makeBucket("kills");
            check(
                    workspace,
                    new StoreDirectory(server.bucket("kills")),
                    server.url("kills", "backups/"),
                    server.credentials(),
                    FEW::contains,
                    FEW.size());
        }
    }

    private static void check(
            Workspace workspace,
            StoreDirectory store,
            String url,
            Map<String, String> credentials,
            Predicate<String> points,
            int least)
            throws IOException {
        Host.needs(PoolEngine.BTRFS);
        Host.needs("blkdiscard");
        try (Pool pool = Pool.create(workspace.root(), PoolEngine.BTRFS, GIBI);
                StandaloneProcess drover =
                        new StandaloneProcess(workspace, "--disk", pool.path().toString())) {
            new Deaths(
                            workspace,
                            pool,
                            drover,
                            () -> new BackupLife(workspace, pool.path(), store, url, credentials).steps(),
                            points)
                    .check(least);
        }
    }
}
