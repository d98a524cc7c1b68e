package io.drover.core.model;

/**
 * The settings of backups and restores.
 *
 * @param cores that one transfer may use
 * @param requests to the store that one transfer has in flight
 * @param memory for the blocks of one transfer
 * @param bandwidthLimit bytes in a second that one transfer moves over the network; 0 = unlimited
 * @param transfersPerNode that run at a time on one host; more wait
 * @param compression of a volume's first backup; the later ones follow it
 * @param blockSize of new backups
 */
public record BackupSettings(
        int cores,
        int requests,
        ByteSize memory,
        ByteSize bandwidthLimit,
        int transfersPerNode,
        Compression compression,
        ByteSize blockSize) {
    public static final BackupSettings DEFAULTS =
            new BackupSettings(2, 32, ByteSize.ofMebi(64), new ByteSize(0), 2, Compression.LZ4, ByteSize.ofMebi(2));

    public BackupSettings withBlockSize(ByteSize next) {
        return new BackupSettings(cores, requests, memory, bandwidthLimit, transfersPerNode, compression, next);
    }

    /** How blocks are compressed, as the format names it. */
    public enum Compression {
        LZ4,
        GZIP,
        NONE;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
