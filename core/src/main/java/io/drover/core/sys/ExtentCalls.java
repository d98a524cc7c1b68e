package io.drover.core.sys;

import java.nio.file.Path;
import java.util.List;

/** Extents of files: asking, sharing, giving back. */
public interface ExtentCalls {
    /**
     * All extents of a file, sorted, not overlapping, holes left out. Dirty pages are written first (FIEMAP_FLAG_SYNC). Asked in
     * several pages: while somebody writes to the file the answer is not of one moment.
     */
    List<FileExtent> extents(Path file);

    /**
     * Makes the target share all of the source's content (FICLONE). The content is of one moment, also while the source is written to,
     * and writers wait for it. Not durable before {@link FileCalls#sync} of the target.
     *
     * @param target an existing empty file on the same file system
     * @throws SystemCallException EOPNOTSUPP where the file system cannot, EXDEV across file systems, EINVAL e.g. for swap files, ENOSPC
     */
    void cloneContent(Path source, Path target);

    /** Gives the space of a range back; it reads as zeros then (FALLOC_FL_PUNCH_HOLE). The size stays. */
    void punchHole(Path file, long offset, long length);
}
