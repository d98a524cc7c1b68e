package io.drover.node.backuptarget;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.exec.CommandFailed;
import java.util.Locale;
import java.util.stream.Stream;

/** What a failed mount(8) means. Pure. */
enum NfsMountFailure {
    /** This host cannot, whatever the server says. */
    HOST(
            ErrorCode.IN_USE,
            false,
            "this host cannot mount NFS version 4; install nfs-common (Debian, Ubuntu) or nfs-utils, and load"
                    + " the kernel module nfsv4 (modprobe nfsv4)"),
    /** Nobody answers. */
    SERVER(ErrorCode.UNAVAILABLE, false, "the server does not answer; is it up, its name right, and port 2049 open?"),
    /** The server says no. */
    REFUSED(
            ErrorCode.IN_USE,
            false,
            "the server refuses; export the path to this host's address, readable and writable"),
    MISSING(
            ErrorCode.IN_USE,
            false,
            "the server has no such export; correct the path (the server's showmount -e or /etc/exports tells)"),
    /** Another version may do. */
    VERSION(ErrorCode.IN_USE, true, "the server offers no NFS version 4 that this host speaks, or an option is wrong"),
    /** Anything else: the words have to say it. */
    OTHER(ErrorCode.UNAVAILABLE, true, "mounting failed");

    private final ErrorCode code;
    private final boolean nextVersion;
    private final String problem;

    NfsMountFailure(ErrorCode code, boolean nextVersion, String problem) {
        this.code = code;
        this.nextVersion = nextVersion;
        this.problem = problem;
    }

    static NfsMountFailure of(CommandFailed e) {
        return switch (e.reason()) {
            case MISSING, NOT_STARTED -> HOST;
            case TIMEOUT, INTERRUPTED -> SERVER;
            case EXIT -> ofWords(e.errors().toLowerCase(Locale.ROOT));
        };
    }

    /** Words of mount(8), mount.nfs(8) and strerror(3) in the C locale. */
    private static NfsMountFailure ofWords(String words) {
        if (has(words, "no such device", "unknown filesystem type", "helper program", "not configured in kernel")) {
            return HOST;
        }
        if (has(
                words,
                "timed out",
                "connection refused",
                "no route to host",
                "network is unreachable",
                "host is down",
                "failed to resolve",
                "name or service not known",
                "temporary failure in name resolution",
                "connection reset")) {
            return SERVER;
        }
        if (has(
                words,
                "protocol not supported",
                "version or transport",
                "not supported",
                "invalid argument",
                "incorrect mount option",
                "parsing error")) {
            return VERSION;
        }
        if (has(words, "access denied", "permission denied", "not permitted")) {
            return REFUSED;
        }
        if (has(words, "no such file or directory")) {
            return MISSING;
        }
        return OTHER;
    }

    private static boolean has(String words, String... any) {
        return Stream.of(any).anyMatch(words::contains);
    }

    /** Whether another version of the protocol is worth a try. */
    boolean isNextVersionWorthATry() {
        return nextVersion;
    }

    StorageException exception(NfsExport export, CommandFailed e) {
        String words = e.errors().isBlank() ? String.valueOf(e.getMessage()) : e.errors();
        return new StorageException(
                code,
                "cannot mount the NFS export " + export.source() + ": " + problem + " ("
                        + words.strip().replaceAll("\\s+", " ") + ")",
                e);
    }
}
