package io.drover.e2e.crash;

import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A volume's whole life survives the death of the program after every single step; see {@link Deaths}. */
@Tag("root")
class KillAtEveryPointIT {
    private static final long GIBI = 1L << 30;

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void theSameCallAfterAKillAtAnyPointFinishesTheWorkAndNothingLeaks(PoolEngine engine) throws IOException {
        Host.needs(engine);
        Host.needs("mkfs.ext4");
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 3 * GIBI);
                StandaloneProcess drover =
                        new StandaloneProcess(workspace, "--disk", pool.path().toString())) {
            new Deaths(workspace, pool, drover, () -> new Lifecycle(workspace, "ext4").steps(), point -> true)
                    .check(21);
        }
    }
}
