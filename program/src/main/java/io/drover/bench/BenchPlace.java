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
    /** A driver that is not started yet. */
    Sandbox sandbox(String engine, long poolBytes) throws IOException {
        return Sandbox.create(
                new SandboxOptions(directory, "bench", poolBytes, Optional.of(engine), List.of()), system);
    }

    /** Lets the driver's disk take volumes of any size together: what is measured is sparse. */
    static void allowAnySize(Sandbox sandbox) {
        sandbox.operations()
                .setSetting(SetSettingRequest.newBuilder()
                        .setName("over-provisioning-percentage")
                        .setValue("1000000")
                        .build());
    }

    Fio fio() {
        return new Fio(commands);
    }
}
