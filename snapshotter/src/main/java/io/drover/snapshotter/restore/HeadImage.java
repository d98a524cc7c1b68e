package io.drover.snapshotter.restore;

import io.drover.core.sys.ExtentCalls;
import io.drover.snapshotter.image.BlockBuffer;
import io.drover.snapshotter.image.ImageFile;
import java.nio.file.Path;

/** The image that a restore fills, and what was allocated in it at the beginning: nothing, or what an interrupted restore left. */
final class HeadImage implements AutoCloseable {
    private final ImageFile file;
    private final AllocatedBlocks allocated;
    private final int blockBytes;
    private final long size;

    private HeadImage(ImageFile file, AllocatedBlocks allocated, int blockBytes, long size) {
        this.file = file;
        this.allocated = allocated;
        this.blockBytes = blockBytes;
        this.size = size;
    }

    static HeadImage open(Path path, ExtentCalls extents, int blockBytes) {
        ImageFile file = ImageFile.forFilling(path);
        try {
            long size = file.size();
            int blocks = Math.toIntExact((size + blockBytes - 1) / blockBytes);
            return new HeadImage(file, AllocatedBlocks.of(extents, path, blockBytes, blocks), blockBytes, size);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Blocks, of which the last may be cut by the end of the image. */
    int blocks() {
        return Math.toIntExact((size + blockBytes - 1) / blockBytes);
    }

    int blockBytes() {
        return blockBytes;
    }

    boolean isHole(int block) {
        return !allocated.contains(block);
    }

    void read(int block, BlockBuffer into) {
        file.read(offset(block), into);
    }

    void write(int block, BlockBuffer from) {
        file.write(offset(block), from, isHole(block));
    }

    /**
     * Lets a block that is no hole read as zeros.
     *
     * @param room for a block, of which anything is left
     */
    void makeZeros(int block, BlockBuffer room) {
        int length = (int) Math.min(blockBytes, size - offset(block));
        // The last one may be cut by the end of the image.
        BlockBuffer zeros = length == room.length() ? room : new BlockBuffer(length, BlockBuffer.PieceListener.NONE);
        file.read(offset(block), zeros);
        if (!zeros.isZero()) {
            zeros.fillWithZeros();
            file.write(offset(block), zeros, false);
        }
    }

    void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }

    private long offset(int block) {
        return (long) block * blockBytes;
    }
}
