package io.drover.cli;

import io.drover.core.rpc.RpcChannel;
import io.drover.csi.v1.ControllerGrpc;
import io.drover.csi.v1.ControllerGrpc.ControllerBlockingStub;
import io.drover.csi.v1.NodeGrpc;
import io.drover.csi.v1.NodeGrpc.NodeBlockingStub;
import io.drover.proto.jobs.v1.JobsGrpc;
import io.drover.proto.jobs.v1.JobsGrpc.JobsBlockingStub;
import io.drover.proto.operations.v1.GetStatusRequest;
import io.drover.proto.operations.v1.OperationsGrpc;
import io.drover.proto.operations.v1.OperationsGrpc.OperationsBlockingStub;
import io.drover.proto.operations.v1.RecoveryGrpc;
import io.drover.proto.operations.v1.RecoveryGrpc.RecoveryBlockingStub;
import io.drover.proto.operations.v1.Status;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to a running Drover: its operations socket, and its CSI socket when that is asked for. */
public final class Client implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final String UNIX = "unix://";

    private final RpcChannel operations;
    private @Nullable RpcChannel csi;

    private Client(RpcChannel operations) {
        this.operations = operations;
    }

    /** Connects to an operations socket when the first call is made. */
    public static Client to(Path socket) {
        return new Client(RpcChannel.toUnixSocket(
                socket, DEADLINE, "start it with `drover standalone`, or name its folder with --data-dir"));
    }

    /** The calls that the command line is made for. */
    public OperationsBlockingStub operations() {
        return OperationsGrpc.newBlockingStub(operations.channel());
    }

    /** Its recurring jobs. */
    JobsBlockingStub jobs() {
        return JobsGrpc.newBlockingStub(operations.channel());
    }

    /** Its lost records. */
    RecoveryBlockingStub recovery() {
        return RecoveryGrpc.newBlockingStub(operations.channel());
    }

    /** What the other side says about itself. */
    public Status status() {
        return operations().getStatus(GetStatusRequest.getDefaultInstance());
    }

    /** The CSI Controller service of the same program. */
    public ControllerBlockingStub csiController() {
        return ControllerGrpc.newBlockingStub(csi().channel());
    }

    /** The CSI Node service of the same program. */
    public NodeBlockingStub csiNode() {
        return NodeGrpc.newBlockingStub(csi().channel());
    }

    private RpcChannel csi() {
        RpcChannel open = csi;
        if (open == null) {
            String endpoint = status().getCsiEndpoint();
            Path socket = Path.of(endpoint.startsWith(UNIX) ? endpoint.substring(UNIX.length()) : endpoint);
            open = RpcChannel.toUnixSocket(socket, DEADLINE, "look at the log of drover standalone");
            csi = open;
        }
        return open;
    }

    @Override
    public void close() {
        if (csi != null) {
            csi.close();
        }
        operations.close();
    }
}
