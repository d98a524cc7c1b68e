package io.drover.node.freeze;

import io.drover.core.exec.LocalCommandRunner;
import io.drover.core.fault.FaultPoints;
import io.drover.core.sys.LinuxSystemCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Freezes one file system, says so by a file, and waits to be killed. */
final class FreezingProgram {
    private FreezingProgram() {}

    /** Arguments: mount point, directory of the records, seconds until the deadline. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path records = Path.of(arguments[1]);
        Freezer freezer = new Freezer(
                LinuxSystemCalls.create().fileSystems(),
                LocalCommandRunner.ofHost(),
                records,
                InstantSource.system(),
                () -> "other",
                FaultPoints.NONE);
        Freeze freeze = freezer.freeze(
                List.of(Path.of(arguments[0])), List.of(), Duration.ofSeconds(Long.parseLong(arguments[2])));
        Files.writeString(records.resolve("frozen"), freeze.toString());
        new CountDownLatch(1).await();
    }
}
