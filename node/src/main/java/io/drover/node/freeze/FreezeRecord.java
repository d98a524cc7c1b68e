package io.drover.node.freeze;

import java.util.List;

/**
 * What is frozen, as it is kept in a file.
 *
 * @param formatVersion of this file; 1
 * @param mountPoints in the order of freezing
 * @param until the deadline, ISO 8601
 * @param guardPid the process that thaws at the deadline
 * @param guardStarted when that process was started, ISO 8601
 */
record FreezeRecord(int formatVersion, List<String> mountPoints, String until, long guardPid, String guardStarted) {
    static final int FORMAT = 1;

    FreezeRecord {
        mountPoints = List.copyOf(mountPoints);
    }
}
