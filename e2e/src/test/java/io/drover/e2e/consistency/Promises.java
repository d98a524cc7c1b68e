package io.drover.e2e.consistency;

/**
 * What the kernel had promised the workload at one moment.
 *
 * @param records how many records of the log had been fsynced
 * @param renames the newest content of the renamed file whose directory had been fsynced
 * @param plain how many records had been written to the file that is never fsynced
 */
record Promises(long records, long renames, long plain) {}
