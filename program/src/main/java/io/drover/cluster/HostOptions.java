package io.drover.cluster;

import io.drover.core.model.NodeId;
import io.drover.standalone.HostName;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the agent and the mover of one host must agree on. */
final class HostOptions {
    @Option(
            names = "--node-name",
            paramLabel = "<name>",
            defaultValue = "${env:NODE_NAME:-}",
            description = "Name of this host in the cluster (default: $$NODE_NAME, or its host name).")
    private @Nullable String name;

    @Option(
            names = "--agent-socket",
            paramLabel = "unix://<file>",
            defaultValue = "unix:///run/drover/agent.sock",
            description = "Where the mover of this host reaches its agent; for root only (default: ${DEFAULT-VALUE}).")
    private String agentSocket = "";

    NodeId node(Arguments arguments) {
        return arguments.node("--node-name", name == null || name.isEmpty() ? HostName.ofThisHost() : name);
    }

    Path agentSocket(Arguments arguments) {
        return arguments.socket("--agent-socket", agentSocket);
    }
}
