import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.sys.LinuxSystemCalls;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.time.Pause;
import io.drover.node.backuptarget.BackupTargetMounts;
import io.drover.node.backuptarget.NfsExport;
import io.drover.snapshotter.target.NfsMounts;
import io.drover.snapshotter.target.S3Timing;
import io.drover.snapshotter.target.TargetAddress;
import io.drover.snapshotter.target.TargetCredentials;
import io.drover.snapshotter.target.TargetEntry;
import io.drover.snapshotter.target.TargetFiles;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.target.TargetProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs in the guest, as root: the agent's mounts and the mover's target on a real server and a real client. One line per step. */
final class NfsStage {
    private static final Path FOLDER = Path.of("/tmp/backup-targets");
    private static final MountCalls CALLS = LinuxSystemCalls.create().mounts();

    private final BackupTargetMounts mounts =
            new BackupTargetMounts(FOLDER, CALLS, LocalCommandRunner.ofHost(), Clock.systemUTC(), Duration.ZERO);
    private final TargetOpener opener = new TargetOpener(
            (NfsMounts) address -> mounts.claim(new NfsExport(address.host(), address.export(), address.options())),
            Map.of(),
            S3Timing.USUAL,
            Clock.systemUTC(),
            Pause.SLEEP,
            System::nanoTime);

    public static void main(String[] arguments) throws Exception {
        NfsStage stage = new NfsStage();
        switch (arguments[0]) {
            case "target" -> stage.target(arguments[1], arguments[2]);
            case "refused" -> stage.refused(arguments[1], arguments[2], arguments[3]);
            case "dead" -> stage.dead(arguments[1], Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println("stage passed: " + String.join(" ", arguments));
        System.exit(0); // threads that are stuck in the kernel would keep the process
    }

    /** Everything the store does with a target, on a mount of the version that the server offers. */
    private void target(String url, String version) throws Exception {
        TargetProbe probe = new TargetProbe(() -> "stage", System::nanoTime);
        for (TargetProbe.Step step : probe.test(() -> open(url))) {
            expect(step.worked(), "probe: " + step.name() + " " + step.problem());
        }
        Mount mount = mounted().getFirst();
        expect(mount.superOptions().contains("vers=" + version), "vers=" + version + " in " + mount.superOptions());
        for (String option : List.of("nosuid", "nodev", "noexec")) {
            expect(mount.options().contains(option), option + " in " + mount.options());
        }
        try (TargetFiles files = open(url)) {
            byte[] block = new byte[2 << 20];
            new Random(7).nextBytes(block);
            files.write("backupstore/volumes/aa/bb/pvc-1/blocks/x.blk", block);
            expect(Arrays.equals(files.read("backupstore/volumes/aa/bb/pvc-1/blocks/x.blk", 3 << 20), block), "a block of 2 MiB");
            files.write("backupstore/volumes/aa/bb/pvc-1/volume.cfg", new byte[] {1});
            files.write("backupstore/volumes/aa/bb/pvc-1/volume.cfg", new byte[] {1, 2});
            expect(files.read("backupstore/volumes/aa/bb/pvc-1/volume.cfg", 10).length == 2, "a file is replaced");
            expect(
                    List.of(new TargetEntry("pvc-1", true)).equals(files.list("backupstore/volumes/aa/bb")),
                    "a listing of directories");
            expect(files.find("backupstore/none").isEmpty() && files.list("backupstore/none").isEmpty(), "what is absent");
            writersAndPruners(files);
            List<String> walked = new ArrayList<>();
            files.walk("backupstore", file -> walked.add(file.path()));
            expect(walked.size() == 2, "a walk: " + walked);
            walked.forEach(files::delete);
            expect(files.list("backupstore").isEmpty(), "deleting prunes");
        }
        mounts.removeIdle();
        expect(mounted().isEmpty(), "an idle mount is removed");
        expect(!Files.exists(mount.target()), "and its mount point");
    }

    private static void writersAndPruners(TargetFiles files) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                String path = "backupstore/locks/deep/lock-" + thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        files.write(path, new byte[] {1});
                        files.delete(path);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        expect(files.list("backupstore/locks").isEmpty(), "writers and pruners in one directory");
    }

    private void refused(String url, String code, String words) {
        try (TargetFiles files = open(url)) {
            files.list("backupstore");
            throw new AssertionError("not refused");
        } catch (StorageException e) {
            System.out.println("   " + e.code() + ": " + e.getMessage());
            expect(e.code() == ErrorCode.valueOf(code) && e.getMessage().contains(words), code + " with \"" + words + "\"");
        }
        expect(mounted().isEmpty(), "nothing stays mounted");
    }

    /** The server goes away under a mount, which the script sees by a file and does: calls end, and so does the mount. */
    private void dead(String url, Path sign) throws Exception {
        try (TargetFiles files = open(url)) {
            files.write("backupstore/x", new byte[] {1});
            Files.createFile(sign);
            while (Files.exists(sign)) {
                Pause.SLEEP.forDuration(Duration.ofMillis(100));
            }
            long start = System.nanoTime();
            try {
                files.write("backupstore/y", new byte[] {1});
                throw new AssertionError("written to a dead server");
            } catch (StorageException e) {
                System.out.println("   " + e.code() + ": " + e.getMessage());
                expect(e.code() == ErrorCode.UNAVAILABLE, "UNAVAILABLE");
            }
            expect(System.nanoTime() - start < Duration.ofSeconds(150).toNanos(), "the call ends within its deadline");
        }
        for (int attempt = 0; attempt < 20 && !mounted().isEmpty(); attempt++) {
            mounts.removeIdle();
            Pause.SLEEP.forDuration(Duration.ofSeconds(2));
        }
        expect(mounted().isEmpty(), "the dead mount is removed");
    }

    private TargetFiles open(String url) {
        return opener.open(TargetAddress.parse(url), TargetCredentials.NONE);
    }

    private static List<Mount> mounted() {
        return CALLS.mounts().stream().filter(mount -> mount.target().startsWith(FOLDER)).toList();
    }

    private static void expect(boolean right, String what) {
        if (!right) {
            throw new AssertionError(what);
        }
        System.out.println("   ok: " + what);
    }
}
