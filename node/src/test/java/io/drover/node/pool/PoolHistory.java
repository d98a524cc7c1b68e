package io.drover.node.pool;

import io.drover.core.model.ByteSize;
import io.drover.core.sys.SystemCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random history of a pool, held against models in memory. What it does depends on the seed only. */
final class PoolHistory {
    private static final int BLOCK = 4096;
    private static final int STEP = 2 << 20;
    private static final int MAX_HOMES = 12;

    private final SystemCalls calls;
    private final PoolEngine engine;
    private final LoopFileSystem disk;
    private final Random random;
    private final List<ImageModel> homes = new ArrayList<>();
    private int names;

    PoolHistory(SystemCalls calls, PoolEngine engine, LoopFileSystem disk, Random random) {
        this.calls = calls;
        this.engine = engine;
        this.disk = disk;
        this.random = random;
    }

    void run(int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            step();
        }
        for (ImageModel home : homes) {
            home.assertContent();
            home.assertAllocated(engine.allocated(home.home));
            for (ImageModel base : homes) {
                home.assertChanged(base, engine.changed(base.home, home.home));
            }
        }
        for (ImageModel home : homes) {
            engine.deleteHome(home.home);
        }
    }

    private void step() throws IOException {
        int kind = random.nextInt(100);
        if (homes.isEmpty() || (kind < 3 && homes.size() < MAX_HOMES)) {
            create();
        } else if (kind < 45) {
            writes(any());
        } else if (kind < 52) {
            punch(any());
        } else if (kind < 72) {
            copy(any());
        } else if (kind < 82) {
            ImageModel gone = any();
            engine.deleteHome(gone.home);
            homes.remove(gone);
        } else if (kind < 86) {
            grow(any());
        } else if (kind < 97) {
            ImageModel base = any();
            ImageModel home = any();
            home.assertChanged(base, engine.changed(base.home, home.home));
            home.assertAllocated(engine.allocated(home.home));
        } else {
            disk.unmount();
            disk.mount();
            any().assertContent();
        }
    }

    private ImageModel any() {
        return homes.get(random.nextInt(homes.size()));
    }

    private void create() {
        int size = STEP * (1 + random.nextInt(4));
        var home = new ImageModel(disk.top().resolve("h" + names++), size);
        engine.createHome(home.home, new ByteSize(size));
        homes.add(home);
    }

    private void writes(ImageModel home) throws IOException {
        for (int i = random.nextInt(8); i >= 0 && !home.readOnly; i--) {
            home.write(random);
        }
    }

    private void punch(ImageModel home) {
        if (home.readOnly) {
            return;
        }
        int start = random.nextInt(home.size() / BLOCK) * BLOCK;
        int length = Math.min(home.size() - start, BLOCK * (1 + random.nextInt(64)));
        calls.extents().punchHole(PoolEngine.image(home.home), start, length);
        home.clear(start, length);
    }

    private void copy(ImageModel home) {
        if (homes.size() < MAX_HOMES) {
            var copy = home.cloned(disk.top().resolve("h" + names++), random.nextBoolean());
            engine.cloneHome(home.home, copy.home, copy.readOnly);
            homes.add(copy);
        }
    }

    private void grow(ImageModel home) {
        if (!home.readOnly && home.size() < 8 * STEP) {
            home.grow(home.size() + STEP);
            engine.grow(home.home, new ByteSize(home.size()));
        }
    }
}
