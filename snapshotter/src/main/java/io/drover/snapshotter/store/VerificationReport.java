package io.drover.snapshotter.store;

import java.util.List;

/**
 * What a verification found.
 *
 * @param blocks distinct blocks of the backup
 * @param checked how many of them were read
 * @param readBytes from the store
 * @param bad by offset
 */
public record VerificationReport(long blocks, long checked, long readBytes, List<BadBlock> bad) {}
