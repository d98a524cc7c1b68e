package io.drover.standalone;

import io.drover.core.fault.FaultPoints;
import io.drover.core.file.AtomicFile;
import io.drover.core.file.Directories;
import io.drover.core.sys.ExtentCalls;
import io.drover.core.time.Pause;
import io.drover.snapshotter.lock.StoreLocks;
import io.drover.snapshotter.mover.AgentImages;
import io.drover.snapshotter.mover.AgentMounts;
import io.drover.snapshotter.mover.MoverService;
import io.drover.snapshotter.target.S3Timing;
import io.drover.snapshotter.target.TargetOpener;
import io.drover.snapshotter.target.TargetProbe;
import io.drover.snapshotter.transfer.TransferTools;
import io.drover.snapshotter.transfer.Transfers;
import io.grpc.Channel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What moves data between this host's snapshots and backup stores. It reaches the host through the agent's channel only.
 *
 * @param opener of stores, for the transfers and the service
 */
public record MoverFloor(Transfers transfers, TargetOpener opener, MoverService service) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MoverFloor.class);
    /** What any transfer takes: three blocks of the largest size. */
    private static final long LEAST = 3 * (16L << 20);
    /** What the rest of the program takes of the heap. */
    private static final long REST = 80L << 20;

    /**
     * Wires the mover.
     *
     * @param state its folder
     * @param transfersAtOnce how many transfers may run, if the heap has room for them
     */
    public static MoverFloor open(
            Path state, int transfersAtOnce, Channel agent, ExtentCalls extents, FaultPoints faults, Clock clock) {
        TransferTools tools = new TransferTools(
                new StoreLocks(installation(state), clock, Pause.SLEEP),
                new AgentImages(agent),
                clock,
                System::nanoTime,
                Pause.SLEEP,
                faults);
        TargetOpener opener = new TargetOpener(
                new AgentMounts(agent), System.getenv(), S3Timing.USUAL, clock, Pause.SLEEP, System::nanoTime);
        long memory = Math.max(LEAST, Runtime.getRuntime().maxMemory() - REST);
        int most = transfersWithin(memory, transfersAtOnce);
        Transfers transfers = new Transfers(most, Transfers.Memory.DEFAULT, clock, MoverFloor::giveMemoryBack);
        TargetProbe probe = new TargetProbe(() -> UUID.randomUUID().toString(), System::nanoTime);
        return new MoverFloor(
                transfers,
                opener,
                new MoverService(transfers, tools, opener, probe, extents, Random::new, memory / most));
    }

    /** Ends the transfers, then the connections to their stores. */
    @Override
    public void close() {
        transfers.close();
        opener.close();
    }

    /**
     * The arrays of a transfer are old when it ends, so that nothing would collect them before those of later ones have filled the whole heap;
     * and what the process once had resident stays so.
     */
    private static void giveMemoryBack() {
        System.gc();
    }

    /** Running out of memory would end the whole program: no more transfers than have room. */
    private static int transfersWithin(long memory, int wanted) {
        int possible = (int) Math.clamp(memory / LEAST, 1, wanted);
        if (possible < wanted) {
            log.atWarn()
                    .addKeyValue("wanted", wanted)
                    .addKeyValue("possible", possible)
                    .log(
                            "the heap has no room for that many transfers at a time; give it more with DROVER_JAVA_OPTIONS=-Xmx…");
        }
        return possible;
    }

    /** Under this name locks in stores are known to be ours: the same for all lives of this installation, and no other's. */
    private static String installation(Path state) {
        Directories.create(state);
        AtomicFile file = new AtomicFile(state.resolve("id"));
        return file.read()
                .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
                .filter(id -> !id.isEmpty())
                .orElseGet(() -> {
                    String id = UUID.randomUUID().toString();
                    file.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
                    return id;
                });
    }
}
