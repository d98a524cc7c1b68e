package io.drover.node.backuptarget;

import io.drover.core.error.Violations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What is to be mounted.
 *
 * @param host name or address, of version 6 in brackets
 * @param export absolute path on the server, without slash at its end
 * @param options of the mount, instead of the usual ones; empty = those
 */
public record NfsExport(String host, String export, List<String> options) {
    private static final String HOST =
            "[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]+)?]";
    private static final String OPTION = "[A-Za-z0-9_.-]+(=[A-Za-z0-9_.:/@%-]+)?";
    /** What would give more than files, or change another mount. */
    private static final Set<String> REFUSED = Set.of(
            "suid",
            "dev",
            "exec",
            "remount",
            "bind",
            "rbind",
            "move",
            "loop",
            "user",
            "users",
            "owner",
            "group",
            "defaults",
            "private",
            "rprivate",
            "shared",
            "rshared",
            "slave",
            "rslave",
            "unbindable",
            "runbindable",
            "bg",
            "fstype");

    public NfsExport {
        export = export.length() > 1 ? export.replaceAll("/+$", "") : export;
        options = List.copyOf(options);
        Violations violations = new Violations();
        if (!host.matches(HOST)) {
            violations.add("the host is no name and no address");
        }
        if (!export.matches("/[^\\p{Cntrl},$]{0,1000}")
                || Arrays.asList(export.split("/")).contains("..")) {
            violations.add("the export is no absolute path; write one without \"..\", commas and dollar signs");
        }
        for (String option : options) {
            String word = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
            if (!option.matches(OPTION) || REFUSED.contains(word) || word.startsWith("x-") || word.startsWith("X-")) {
                violations.add("\"" + option.replaceAll("[^!-~]", "?")
                        + "\" is no mount option for a backup target; leave it out");
            }
        }
        violations.throwIfAny("cannot mount the NFS export");
    }

    /** Reads options separated by commas; empty = none. */
    public static NfsExport of(String host, String export, String options) {
        return new NfsExport(
                host,
                export,
                Arrays.stream(options.split(","))
                        .map(String::strip)
                        .filter(option -> !option.isEmpty())
                        .toList());
    }

    /** As mount(8) and the kernel's table name it. */
    String source() {
        return host + ":" + export;
    }

    /**
     * The mount point below a folder: one level per host, one name per export and options. Never the export's own path, in which one mount
     * point might lie inside another mount.
     */
    Path mountPoint(Path folder) {
        String server = host.replaceAll("[.:%]", "_").replaceAll("[\\[\\]]", "");
        String path = export.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String name = (path.length() > 60 ? path.substring(0, 60) : path) + "-" + digest();
        return folder.resolve(server).resolve(name.replaceAll("^-", ""));
    }

    private String digest() {
        try {
            byte[] all = (source() + "\n" + String.join(",", options)).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
