package io.drover.node.pool;

import static io.drover.node.pool.PoolErrors.translated;

import io.drover.core.model.ByteSize;
import io.drover.core.sys.SystemCalls;
import java.nio.file.Path;

/**
 * Homes as directories on XFS with reflink. A clone is a new image that shares all extents of the old one (FICLONE): its time grows with
 * the number of extents, and writes to the old image wait for it.
 */
public final class XfsPool extends ImagePool {
    public static final String NAME = "xfs";

    private static final int READ_ONLY = 0400;

    public XfsPool(SystemCalls calls) {
        super(calls.files(), calls.extents());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    boolean movesData() {
        return false;
    }

    @Override
    public void createHome(Path home, ByteSize size) {
        making("create", home, () -> files.createDirectory(home, HOME_PERMISSIONS), () -> {
            makeImage(PoolEngine.image(home), size, false);
            syncNames(home);
        });
    }

    @Override
    public void cloneHome(Path from, Path to, boolean readOnly) {
        requireImage(from);
        making("clone " + from + " to", to, () -> files.createDirectory(to, HOME_PERMISSIONS), () -> {
            Path image = PoolEngine.image(to);
            files.createFile(image, WRITABLE);
            extents.cloneContent(PoolEngine.image(from), image);
            if (readOnly) {
                files.permissions(image, READ_ONLY);
            }
            files.sync(image);
            syncNames(to);
        });
    }

    private void syncNames(Path home) {
        files.sync(home);
        files.sync(parent(home));
    }

    @Override
    public void deleteHome(Path home) {
        translated("delete", home, () -> PlainHomes.delete(files, home));
    }
}
