package io.drover.snapshotter.restore;

import io.drover.core.sys.Errno;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.sys.FileExtent;
import io.drover.core.sys.SystemCallException;
import java.nio.file.Path;
import java.util.BitSet;

/** Which blocks of an image have something allocated, whatever it is; all others are holes, and read as zeros. */
final class AllocatedBlocks {
    private final BitSet allocated;

    private AllocatedBlocks(BitSet allocated) {
        this.allocated = allocated;
    }

    /** Asks the file system. Where it cannot tell, everything may be allocated. */
    static AllocatedBlocks of(ExtentCalls calls, Path image, int blockBytes, int blocks) {
        BitSet allocated = new BitSet(blocks);
        try {
            for (FileExtent extent : calls.extents(image)) {
                int first = (int) Math.min(extent.offset() / blockBytes, blocks);
                int last = (int) Math.min((extent.end() - 1) / blockBytes, blocks - 1L);
                if (first <= last) {
                    allocated.set(first, last + 1);
                }
            }
        } catch (SystemCallException e) {
            if (e.errno() != Errno.EOPNOTSUPP && e.errno() != Errno.ENOTTY) {
                throw e;
            }
            allocated.set(0, blocks);
        }
        return new AllocatedBlocks(allocated);
    }

    boolean contains(int block) {
        return allocated.get(block);
    }
}
