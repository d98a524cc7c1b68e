package io.drover.standalone;

import io.drover.core.fault.FaultPoints;
import io.drover.core.model.NodeId;
import io.drover.logging.LogFormat;
import io.drover.logging.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A standalone Drover without disks in a temporary folder, for a moment: it touches nothing else on the host. */
public final class Rehearsal {
    private Rehearsal() {}

    /** Runs it, and the action with its data folder while it serves. */
    public static void run(Consumer<Path> action) throws IOException {
        Path folder = Files.createTempDirectory("drover-rehearsal");
        try {
            Logging.start(LogFormat.text, false);
            StandaloneConfiguration configuration = new StandaloneConfiguration(
                    folder.resolve("data"),
                    folder.resolve("csi.sock"),
                    new NodeId("rehearsal"),
                    List.of(),
                    List.of(),
                    0);
            try (Standalone _ = Standalone.start(configuration, FaultPoints.NONE)) {
                action.accept(configuration.dataDirectory());
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
