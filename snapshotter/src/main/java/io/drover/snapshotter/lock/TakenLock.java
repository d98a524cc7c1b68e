package io.drover.snapshotter.lock;

import java.time.Instant;

/**
 * The file of a lock that was taken.
 *
 * @param content what it holds, to be written again
 * @param taken by the server's clock
 */
record TakenLock(String path, byte[] content, Instant taken) {}
