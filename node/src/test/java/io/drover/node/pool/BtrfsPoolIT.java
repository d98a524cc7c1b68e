package io.drover.node.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BtrfsPoolIT extends PoolEngineContract {
    @Override
    LoopFileSystem newDisk() throws IOException {
        return new LoopFileSystem(calls, "btrfs", 1024L * MIB);
    }

    @Override
    LoopFileSystem newSmallDisk() throws IOException {
        return new LoopFileSystem(calls, "btrfs", 64L * MIB, "--mixed");
    }

    @Override
    String name() {
        return "btrfs";
    }

    @Test
    void snapshotsAreReadOnlyAndImagesAreOverwrittenInPlace() {
        Path home = created("a").home;
        engine.cloneHome(home, home("s"), true);
        engine.cloneHome(home("s"), home("c"), false);

        assertThat(calls.subvolumes().isReadOnly(home("s"))).isTrue();
        assertThat(calls.subvolumes().isReadOnly(home("c"))).isFalse();
        assertThat(calls.files().isOverwrittenInPlace(PoolEngine.image(home("c"))))
                .isTrue();
    }
}
