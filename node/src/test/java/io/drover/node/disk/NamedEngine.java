package io.drover.node.disk;

import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import io.drover.node.pool.PoolEngine;
import io.drover.node.pool.PoolUsage;
import java.nio.file.Path;
import java.util.List;

/** An engine that is only asked for its name: opening a disk makes no replicas. */
record NamedEngine(String name) implements PoolEngine {
    @Override
    public void createHome(Path home, ByteSize size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void cloneHome(Path from, Path to, boolean readOnly) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void deleteHome(Path home) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void grow(Path home, ByteSize size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteSize size(Path home) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PoolUsage usage(Path home) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ByteRange> allocated(Path home) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ByteRange> changed(Path base, Path home) {
        throw new UnsupportedOperationException();
    }
}
