package io.drover.core.model;

/** Labels that Drover puts on the backups that it makes, so that a restore needs nobody who remembers the volume. */
public final class BackupLabels {
    /** Logical block size of the volume's device; absent = the image was made elsewhere, on blocks of 512. */
    public static final String BLOCK_SIZE = "drover.io/logical-block-size";
    /** What a mounted volume carries; absent = nobody knows. */
    public static final String FILE_SYSTEM = "drover.io/file-system";

    private BackupLabels() {}
}
