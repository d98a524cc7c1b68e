package io.drover.node.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class XfsPoolIT extends PoolEngineContract {
    @Override
    LoopFileSystem newDisk() throws IOException {
        return new LoopFileSystem(calls, "xfs", 1024L * MIB);
    }

    @Override
    LoopFileSystem newSmallDisk() throws IOException {
        return new LoopFileSystem(calls, "xfs", 300L * MIB);
    }

    @Override
    String name() {
        return "xfs";
    }

    @Test
    void otherFileSystemsHaveNoEngine() throws IOException {
        try (var noReflink = new LoopFileSystem(calls, "xfs", 300L * MIB, "-m", "reflink=0,bigtime=0,rmapbt=0");
                var ext4 = new LoopFileSystem(calls, "ext4", 64L * MIB)) {
            var engines = new PoolEngines(calls);

            assertThat(engines.recognise(noReflink.top())).isEmpty();
            assertThat(engines.recognise(ext4.top())).isEmpty();
            assertThat(engines.byName("zfs")).isEmpty();
        }
    }
}
