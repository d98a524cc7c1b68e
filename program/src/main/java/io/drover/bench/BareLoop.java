package io.drover.bench;

import io.drover.core.model.Volume;
import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopSetup;
import java.nio.file.Path;

/** A loop device on a plain file, made as volumes' devices are, with nothing else of Drover in it. Closing takes the file off. */
record BareLoop(LoopCalls loops, int number) implements AutoCloseable {
    static BareLoop on(Path file, LoopCalls loops) {
        return new BareLoop(loops, loops.setUp(new LoopSetup(file, "bench", false, true, Volume.BLOCK_BYTES)));
    }

    Path device() {
        return LoopCalls.device(number);
    }

    @Override
    public void close() {
        loops.detach(number);
    }
}
