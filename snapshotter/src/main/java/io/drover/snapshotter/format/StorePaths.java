package io.drover.snapshotter.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where things lie in a store, relative to its target. Names were checked before ({@link StoreNames}). */
public final class StorePaths {
    /** The folder below a target's path that holds everything. */
    public static final String TOP = "backupstore";

    public static final String VOLUMES = TOP + "/volumes";

    /** The name under which Longhorn locks its backing images; it looks like a volume and is none. */
    public static final String BACKING_IMAGES = "BACKINGIMAGE";

    private static final String BACKUP_PREFIX = "backup_";
    private static final String CONFIGURATION_SUFFIX = ".cfg";
    private static final String BLOCK_SUFFIX = ".blk";
    private static final String LOCK_SUFFIX = ".lck";

    private static final Pattern UNFINISHED = Pattern.compile("(.+)\\.tmp\\.[1-9][0-9]{18}");

    private StorePaths() {}

    public static String volume(String volume) {
        return VOLUMES + "/" + spread(Checksum.ofText(volume).toString()) + "/" + volume;
    }

    public static String volumeConfiguration(String volume) {
        return volume(volume) + "/volume" + CONFIGURATION_SUFFIX;
    }

    public static String backups(String volume) {
        return volume(volume) + "/backups";
    }

    public static String backupConfiguration(String volume, String backup) {
        return backups(volume) + "/" + BACKUP_PREFIX + backup + CONFIGURATION_SUFFIX;
    }

    public static String blocks(String volume) {
        return volume(volume) + "/blocks";
    }

    public static String block(String volume, Checksum checksum) {
        return block(blocks(volume), checksum.toString());
    }

    public static String locks(String volume) {
        return volume(volume) + "/locks";
    }

    public static String lock(String volume, String lock) {
        return locks(volume) + "/" + lock + LOCK_SUFFIX;
    }

    /** Our own register of blocks that were found bad. Longhorn does not look into this folder. */
    public static String badBlocks(String volume) {
        return volume(volume) + "/drover/bad-blocks.json";
    }

    /** The backup whose configuration has this file name; empty if it is a foreign file. */
    public static Optional<String> backupName(String fileName) {
        return between(fileName, BACKUP_PREFIX, CONFIGURATION_SUFFIX);
    }

    /** The lock that has this file name; empty if it is a foreign file. */
    public static Optional<String> lockName(String fileName) {
        return between(fileName, "", LOCK_SUFFIX);
    }

    /**
     * The block that a file below {@link #blocks} holds; empty if it is a foreign file, or lies where nobody looks for it.
     *
     * @param folder what {@link #blocks} answers
     */
    public static Optional<Checksum> blockChecksum(String folder, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return between(name, "", BLOCK_SUFFIX)
                .flatMap(Checksum::find)
                .filter(checksum -> block(folder, checksum.toString()).equals(path));
    }

    /**
     * The file that a write was to replace which left this one unfinished, by its name {@code <file>.tmp.<nanoseconds since 1970>}; empty if
     * no write to a file of the volume has left it.
     */
    public static Optional<String> unfinished(String volume, String path) {
        Matcher name = UNFINISHED.matcher(path);
        return name.matches() && isOf(volume, name.group(1)) ? Optional.of(name.group(1)) : Optional.empty();
    }

    /** Whether a store has a file of this path for the volume. */
    private static boolean isOf(String volume, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return path.equals(volumeConfiguration(volume))
                || path.equals(badBlocks(volume))
                || path.equals(backups(volume) + "/" + name) && backupName(name).isPresent()
                || path.equals(locks(volume) + "/" + name) && lockName(name).isPresent()
                || blockChecksum(blocks(volume), path).isPresent();
    }

    private static String block(String folder, String checksum) {
        return folder + "/" + spread(checksum) + "/" + checksum + BLOCK_SUFFIX;
    }

    private static String spread(String checksum) {
        return checksum.substring(0, 2) + "/" + checksum.substring(2, 4);
    }

    private static Optional<String> between(String fileName, String prefix, String suffix) {
        if (fileName.length() <= prefix.length() + suffix.length()
                || !fileName.startsWith(prefix)
                || !fileName.endsWith(suffix)) {
            return Optional.empty();
        }
        String name = fileName.substring(prefix.length(), fileName.length() - suffix.length());
        return StoreNames.isValid(name) ? Optional.of(name) : Optional.empty();
    }
}
