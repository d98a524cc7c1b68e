package io.drover.node.backuptarget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.exec.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With scripts in the place of mount(8) and umount(8), which keep a table of mounts in a file. */
@SuppressWarnings("NullAway.Init")
class BackupTargetMountsTest {
    private static final NfsExport EXPORT = NfsExport.of("nfs.example.org", "/opt/store", "");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path scratch;

    private final MovableClock clock = new MovableClock();
    private Path folder;
    private TableOfMounts table;
    private BackupTargetMounts mounts;

    @BeforeEach
    void open() throws IOException {
        folder = Files.createDirectory(scratch.resolve("backup-targets"));
        Files.createDirectory(scratch.resolve("bin"));
        table = new TableOfMounts(scratch.resolve("table"));
        script("mount", "echo \"$4\" >> LOG", "echo \"nfs4 $5 $6\" >> TABLE");
        script("umount", "for last; do :; done", "echo \"umount $*\" >> LOG", "> TABLE");
        mounts = restarted();
    }

    @Test
    void mountsOnceAndRenews() throws IOException {
        Path place = mounts.claim(EXPORT);

        assertThat(mounts.claim(EXPORT)).isEqualTo(place).startsWith(folder).isDirectory();
        assertThat(log()).singleElement().asString().startsWith("vers=4.2,");
    }

    @Test
    void aRestartedAgentFindsTheMount() throws IOException {
        Path place = mounts.claim(EXPORT);

        assertThat(restarted().claim(EXPORT)).isEqualTo(place);
        assertThat(log()).hasSize(1);
    }

    @Test
    void anOlderServerIsAskedForOlderVersions() throws IOException {
        script(
                "mount",
                "echo \"$4\" >> LOG",
                "case \"$4\" in vers=4.0*) echo \"nfs4 $5 $6\" >> TABLE; exit 0;; esac",
                "echo 'mount.nfs4: Protocol not supported' >&2; exit 32");

        mounts.claim(EXPORT);

        assertThat(log()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mount.nfs4: Connection timed out                                | UNAVAILABLE | the server does not answer     | 1
            mount.nfs4: Connection refused                                  | UNAVAILABLE | the server does not answer     | 1
            mount.nfs4: Failed to resolve server x: Name or service not known | UNAVAILABLE | the server does not answer   | 1
            mount.nfs4: No route to host                                    | UNAVAILABLE | the server does not answer     | 1
            mount.nfs4: access denied by server while mounting x            | IN_USE      | the server refuses             | 1
            mount.nfs4: mounting x failed, reason given by server: No such file or directory | IN_USE | no such export     | 1
            mount.nfs4: Protocol not supported                              | IN_USE      | no NFS version 4               | 3
            mount: /x: unknown filesystem type nfs4.                        | IN_USE      | install nfs-common             | 1
            mount: /x: bad option; you might need a /sbin/mount.<type> helper program. | IN_USE | install nfs-common       | 1
            mount.nfs4: No such device                                      | IN_USE      | modprobe nfsv4                 | 1
            mount.nfs4: Input/output error                                  | UNAVAILABLE | mounting failed                | 3
            """)
    void whatMountSaysIsPassedOnWithTheRemedy(String words, ErrorCode code, String remedy, int attempts)
            throws IOException {
        script("mount", "echo \"$4\" >> LOG", "echo '" + words + "' >&2", "exit 32");

        assertThatThrownBy(() -> mounts.claim(EXPORT))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("nfs.example.org:/opt/store")
                .hasMessageContaining(remedy)
                .hasMessageContaining(words)
                .extracting(e -> ((StorageException) e).code())
                .isEqualTo(code);
        assertThat(log()).hasSize(attempts);
    }

    @Test
    void aHostWithoutMount() throws IOException {
        Files.delete(scratch.resolve("bin/mount"));

        assertThatThrownBy(() -> mounts.claim(EXPORT)).hasMessageContaining("this host cannot mount NFS");
    }

    @Test
    void whatElseIsMountedThereIsNotUsed() throws IOException {
        Path place = mounts.claim(EXPORT);
        Files.writeString(scratch.resolve("table"), "tmpfs tmpfs " + place + "\n");

        assertThatThrownBy(() -> mounts.claim(EXPORT)).hasMessageContaining("tmpfs of tmpfs is mounted at");
    }

    @Test
    void aMountThatIsSaidButNotSeenIsAnError() throws IOException {
        script("mount", "exit 0");

        assertThatThrownBy(() -> mounts.claim(EXPORT)).hasMessageContaining("nothing is mounted there");
    }

    @Test
    void aHelperThatWasKilledAfterItsWorkIsSuccess() throws IOException {
        script("mount", "echo \"nfs4 $5 $6\" >> TABLE", "kill -9 $$");

        assertThat(mounts.claim(EXPORT)).isDirectory();
    }

    @Test
    void anIdleMountIsRemovedAfterAWhile() throws IOException {
        Path place = mounts.claim(EXPORT);
        clock.now = clock.now.plus(PATIENCE).minusSeconds(1);
        mounts.removeIdle();
        assertThat(table.mounts()).hasSize(1);

        mounts.claim(EXPORT);
        clock.now = clock.now.plus(PATIENCE).minusSeconds(1);
        mounts.removeIdle();
        assertThat(table.mounts()).hasSize(1);

        clock.now = clock.now.plusSeconds(1);
        mounts.removeIdle();
        assertThat(table.mounts()).isEmpty();
        assertThat(place).doesNotExist();
        assertThat(mounts.claim(EXPORT)).isDirectory();
    }

    @Test
    void aMountOfAnEarlierProcessHasItsTimeFromNowOn() {
        mounts.claim(EXPORT);
        clock.now = clock.now.plus(Duration.ofDays(1));
        BackupTargetMounts restarted = restarted();

        restarted.removeIdle();
        assertThat(table.mounts()).hasSize(1);
        clock.now = clock.now.plus(PATIENCE);
        restarted.removeIdle();
        assertThat(table.mounts()).isEmpty();
    }

    @Test
    void aMountInUseStaysAndIsTriedAgain() throws IOException {
        mounts.claim(EXPORT);
        script("umount", "echo 'umount: /x: target is busy.' >&2", "exit 32");
        clock.now = clock.now.plus(PATIENCE);
        mounts.removeIdle();
        assertThat(table.mounts()).hasSize(1);

        script("umount", "> TABLE");
        mounts.removeIdle();
        assertThat(table.mounts()).isEmpty();
    }

    @Test
    void aDeadServersMountIsDetached() throws IOException {
        mounts.claim(EXPORT);
        script(
                "umount",
                "echo \"umount $*\" >> LOG",
                "case \"$*\" in *--lazy*) > TABLE; exit 0;; esac",
                "echo 'umount: /x: Stale file handle' >&2; exit 32");
        clock.now = clock.now.plus(PATIENCE);

        mounts.removeIdle();

        assertThat(table.mounts()).isEmpty();
        assertThat(log()).last().asString().contains("--lazy");
    }

    @Test
    void whatLiesElsewhereIsLeftAlone() throws IOException {
        Files.writeString(scratch.resolve("table"), "nfs4 other:/x /mnt\nnfs4 other:/y " + folder + "\n");
        mounts.removeIdle();
        clock.now = clock.now.plus(PATIENCE);

        mounts.removeIdle();

        assertThat(table.mounts()).hasSize(2);
    }

    private BackupTargetMounts restarted() {
        return new BackupTargetMounts(
                folder,
                table,
                new LocalCommandRunner(new Programs(List.of(scratch.resolve("bin"))), 10_000),
                clock,
                PATIENCE);
    }

    private void script(String name, String... lines) throws IOException {
        String text = "#!/bin/sh\n" + String.join("\n", lines) + "\n";
        Path file = scratch.resolve("bin").resolve(name);
        Files.writeString(
                file,
                text.replace("LOG", scratch.resolve("log").toString())
                        .replace("TABLE", scratch.resolve("table").toString()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(scratch.resolve("log"));
    }

    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
