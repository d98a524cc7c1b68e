package io.drover.standalone;

import io.drover.cli.ExitCode;
import io.drover.core.fault.FaultPoints;
import io.drover.core.fault.KillAtPoint;
import io.drover.core.fault.TracePoints;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that serves until it is ended. */
public final class ServerProcess {
    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

    private ServerProcess() {}

    /** Waits for SIGTERM or Ctrl-C, then closes what runs. */
    public static int run(AutoCloseable running) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            close(running);
                            // A signal that was obeyed is no failure; without this the status would be that of a killed
                            // process.
                            Runtime.getRuntime().halt(ExitCode.OK);
                        },
                        "shutdown"));
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
        } catch (Exception e) {
            log.atWarn().setCause(e).log("not everything was closed");
        }
    }

    /** For kill tests: the environment names the point at which this process ends itself, or a file for the points it passes. */
    public static FaultPoints faults() {
        String trace = System.getenv("DROVER_TRACE_POINTS");
        if (trace != null && !trace.isEmpty()) {
            return new TracePoints(Path.of(trace));
        }
        String point = System.getenv("DROVER_KILL_AT");
        return point == null || point.isEmpty() ? FaultPoints.NONE : KillAtPoint.parse(point);
    }
}
