package io.drover.core.sys;

import java.nio.file.Path;

/**
 * How a loop device is to be made.
 *
 * @param backing the file; its size decides the device's
 * @param name kept by the kernel with the device (up to 63 bytes), for the owner to recognise it
 * @param readOnly whether writes are refused
 * @param directIo whether the page cache of the backing file is to be passed by; the kernel ignores this without a word where it
 *     cannot, so look at {@link LoopStatus#directIo} afterwards
 * @param blockSize logical block size in bytes, a power of two from 512 to the page size
 */
public record LoopSetup(Path backing, String name, boolean readOnly, boolean directIo, int blockSize) {
    public LoopSetup {
        if (name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 63) {
            throw new IllegalArgumentException("the name of a loop device has at most 63 bytes: " + name);
        }
        if (blockSize < 512 || Integer.bitCount(blockSize) != 1) {
            throw new IllegalArgumentException("no block size: " + blockSize);
        }
    }
}
