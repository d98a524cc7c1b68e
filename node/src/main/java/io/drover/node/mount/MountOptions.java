package io.drover.node.mount;

import io.drover.core.error.StorageException;
import io.drover.core.sys.MountFlag;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Mount options as mount(8) writes them, split into what the kernel takes as flags and what the file system reads itself.
 *
 * @param flags for mount(2)
 * @param data the file system's own options, in the order given
 */
public record MountOptions(Set<MountFlag> flags, List<String> data) {
    /** No options at all. */
    public static final MountOptions NONE = new MountOptions(Set.of(), List.of());

    /** Longer option strings do not fit the page that mount(2) copies. */
    private static final int MAX_LENGTH = 4000;

    private static final Map<String, MountFlag> ON = Map.of(
            "ro", MountFlag.READ_ONLY,
            "nosuid", MountFlag.NO_SUID,
            "nodev", MountFlag.NO_DEV,
            "noexec", MountFlag.NO_EXEC,
            "sync", MountFlag.SYNCHRONOUS,
            "dirsync", MountFlag.DIR_SYNC,
            "nosymfollow", MountFlag.NO_SYMLINK_FOLLOW,
            "noatime", MountFlag.NO_ATIME,
            "nodiratime", MountFlag.NO_DIR_ATIME);
    private static final Map<String, MountFlag> ON_TOO = Map.of(
            "relatime", MountFlag.RELATIME,
            "strictatime", MountFlag.STRICT_ATIME,
            "lazytime", MountFlag.LAZY_TIME);
    private static final Map<String, MountFlag> OFF = Map.of(
            "rw", MountFlag.READ_ONLY,
            "suid", MountFlag.NO_SUID,
            "dev", MountFlag.NO_DEV,
            "exec", MountFlag.NO_EXEC,
            "async", MountFlag.SYNCHRONOUS,
            "symfollow", MountFlag.NO_SYMLINK_FOLLOW,
            "atime", MountFlag.NO_ATIME,
            "diratime", MountFlag.NO_DIR_ATIME,
            "norelatime", MountFlag.RELATIME);
    private static final Map<String, MountFlag> OFF_TOO =
            Map.of("nostrictatime", MountFlag.STRICT_ATIME, "nolazytime", MountFlag.LAZY_TIME);

    /** Words for the tools around mount(8), without meaning for the kernel. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("defaults", "_netdev", "nofail", "auto", "noauto", "silent", "loud", "nomand");

    /** What would change which device is mounted, or how the mount spreads, and what is not a volume's business. */
    private static final Set<String> REFUSED = Set.of(
            "loop",
            "offset",
            "sizelimit",
            "encryption",
            "remount",
            "bind",
            "rbind",
            "move",
            "private",
            "rprivate",
            "shared",
            "rshared",
            "slave",
            "rslave",
            "unbindable",
            "runbindable",
            "user",
            "users",
            "owner",
            "group",
            "mand",
            "helper",
            "uhelper",
            "device",
            "logdev",
            "rtdev",
            "journal_dev",
            "journal_path",
            "sb",
            "subvol",
            "subvolid",
            "degraded",
            "verity.hashdevice",
            "X-mount.mkdir",
            "X-mount.subdir",
            "X-mount.idmap");

    /** Answers to an error that take the whole host down. */
    private static final Set<String> REFUSED_WHOLE = Set.of("errors=panic", "fatal_errors=panic");

    public MountOptions {
        flags = Set.copyOf(flags);
        data = List.copyOf(data);
    }

    /**
     * Reads options; one text may hold several, separated by commas.
     *
     * @throws StorageException INVALID naming all that are not possible
     */
    public static MountOptions parse(Collection<String> texts) {
        Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
        List<String> data = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String text : texts) {
            for (String option : text.split(",", -1)) {
                read(option.strip(), flags, data, refused);
            }
        }
        if (!refused.isEmpty()) {
            throw StorageException.invalid("mount options " + refused
                    + " are not possible for a volume; leave them out (a mount option is a word or word=value, and may not "
                    + "choose another device, spread the mount, or stop the host on an error)");
        }
        if (String.join(",", data).length() > MAX_LENGTH) {
            throw StorageException.invalid(
                    "the mount options are longer than " + MAX_LENGTH + " characters; leave some out");
        }
        return new MountOptions(flags, data);
    }

    private static void read(String option, Set<MountFlag> flags, List<String> data, List<String> refused) {
        String word = option.contains("=") ? option.substring(0, option.indexOf('=')) : option;
        if (option.isEmpty() || WITHOUT_EFFECT.contains(option) || option.startsWith("x-") || word.equals("comment")) {
            return;
        }
        if (!option.matches("[!-~]{1,200}") || REFUSED.contains(word) || REFUSED_WHOLE.contains(option)) {
            refused.add(option.length() > 40 ? option.substring(0, 40) + "…" : option.replaceAll("\\p{Cntrl}", "?"));
        } else if (ON.containsKey(option)) {
            flags.add(ON.get(option));
        } else if (ON_TOO.containsKey(option)) {
            flags.add(ON_TOO.get(option));
        } else if (OFF.containsKey(option)) {
            flags.remove(OFF.get(option));
        } else if (OFF_TOO.containsKey(option)) {
            flags.remove(OFF_TOO.get(option));
        } else {
            data.add(option);
        }
    }

    public boolean isReadOnly() {
        return flags.contains(MountFlag.READ_ONLY);
    }

    /** The same, read-only. */
    public MountOptions readOnly() {
        Set<MountFlag> more = EnumSet.of(MountFlag.READ_ONLY);
        more.addAll(flags);
        return new MountOptions(more, data);
    }

    /** The same, without {@code ro}. */
    public MountOptions writable() {
        Set<MountFlag> fewer = EnumSet.noneOf(MountFlag.class);
        fewer.addAll(flags);
        fewer.remove(MountFlag.READ_ONLY);
        return new MountOptions(fewer, data);
    }

    /** The same with one more option of the file system's, unless it is there already. */
    public MountOptions with(String option) {
        if (data.contains(option)) {
            return this;
        }
        List<String> more = new ArrayList<>(data);
        more.add(option);
        return new MountOptions(flags, more);
    }

    /** For mount(2). */
    public String dataText() {
        return String.join(",", data);
    }

    /** The flags that a mount has now, as its options in the table of mounts say; a remount without them would take them away. */
    public static Set<MountFlag> flagsOf(Collection<String> options) {
        Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
        for (String option : options) {
            if (ON.containsKey(option)) {
                flags.add(ON.get(option));
            } else if (ON_TOO.containsKey(option)) {
                flags.add(ON_TOO.get(option));
            }
        }
        return flags;
    }
}
