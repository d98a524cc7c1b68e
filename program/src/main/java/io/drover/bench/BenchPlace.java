package io.drover.bench;

import io.drover.core.exec.CommandRunner;
import io.drover.core.sys.SystemCalls;
import io.drover.proto.operations.v1.SetSettingRequest;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where measurements take place, and with what.
 *
 * @param directory in which throw-away drivers keep their pools
 * @param progress gets a line now and then for whoever waits
 */
record BenchPlace(Path directory, SystemCalls system, CommandRunner commands, Consumer<String> progress) {
    /** A driver that is not started yet. It is removed when it is closed, and on Ctrl-C. */
    Sandbox sandbox(String engine, long poolBytes) throws IOException {
        Sandbox sandbox = Sandbox.create(
                new SandboxOptions(directory, "bench", poolBytes, Optional.of(engine), List.of()), system);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("bench-clean-up").unstarted(sandbox::close));
        return sandbox;
    }

    /** Lets the disk take a thousand times its size in volumes, the most that is possible: what is measured is sparse. */
    static void allowAnySize(Sandbox sandbox) {
        sandbox.operations()
                .setSetting(SetSettingRequest.newBuilder()
                        .setName("over-provisioning-percentage")
                        .setValue("100000")
                        .build());
    }

    Fio fio() {
        return new Fio(commands);
    }
}
