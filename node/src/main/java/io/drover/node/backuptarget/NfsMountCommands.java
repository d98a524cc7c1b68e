package io.drover.node.backuptarget;

import io.drover.core.exec.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The argument vectors of mount(8) and umount(8) for NFS. Pure. */
final class NfsMountCommands {
    /** Of a whole attempt; the helper itself would try a dead server for two minutes. */
    static final Duration MOUNT_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration UNMOUNT_TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> VERSIONS = List.of("4.2", "4.1", "4.0");
    /** As Longhorn's backupstore mounts them (section 17.1 of the format's description): soft, so that a dead server is an error at last. */
    private static final String USUAL = "actimeo=1,soft,timeo=300,retry=2";

    private static final String SAFE = "nosuid,nodev,noexec";

    private NfsMountCommands() {}

    /** What to try, one after the other. Options that were given replace the versions and everything else but what is for safety. */
    static List<Command> mount(NfsExport export, Path place) {
        List<String> options = export.options().isEmpty()
                ? VERSIONS.stream()
                        .map(version -> "vers=" + version + "," + USUAL + "," + SAFE)
                        .toList()
                : List.of(String.join(",", export.options()) + "," + SAFE);
        return options.stream()
                .map(text -> Command.of(
                        "mount the NFS export " + export.source(),
                        MOUNT_TIMEOUT,
                        "mount",
                        "-t",
                        "nfs4",
                        "-o",
                        text,
                        export.source(),
                        place.toString()))
                .toList();
    }

    /** Without a look at the path, which a dead server would not answer, and without a word to the server, which version 4 needs none of. */
    static Command unmount(Path place) {
        return Command.of(
                "unmount the backup target at " + place,
                UNMOUNT_TIMEOUT,
                "umount",
                "--no-canonicalize",
                "--internal-only",
                place.toString());
    }

    /** Takes the mount out of the tree, whether or not the server answers. */
    static Command detach(Path place) {
        return Command.of(
                "detach the backup target at " + place,
                UNMOUNT_TIMEOUT,
                "umount",
                "--no-canonicalize",
                "--internal-only",
                "--lazy",
                place.toString());
    }
}
