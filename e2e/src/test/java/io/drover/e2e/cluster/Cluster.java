package io.drover.e2e.cluster;

import io.drover.e2e.fixture.CsiClient;
import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A cluster of one host on loopback: controller, node and mover, with certificates of an authority of its own. */
final class Cluster implements AutoCloseable {
    static final String NODE = "host-1";
    /** Nothing of root's power is left but the ownership of files. */
    private static final List<String> WITHOUT_CAPABILITIES =
            List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs");

    final ProgramProcess controller;
    final ProgramProcess standby;
    final ProgramProcess node;
    final ProgramProcess mover;
    /** Two schedulers of the same controller, which nothing forbids. */
    final List<ProgramProcess> schedulers;

    private final Path csi;
    private final Path nodeCsi;

    Cluster(Workspace workspace, Pool pool) {
        Path authority = workspace.directory("tls/authority");
        openssl(authority, "authority", List.of());
        Path nodeTls = issue(workspace, authority, "drover-node");
        Path controllerTls = issue(workspace, authority, "drover-controller");
        int agentPort = Host.freePort();
        int moverPort = Host.freePort();
        Path agent = workspace.path("agent.sock");
        csi = workspace.path("c.sock");
        nodeCsi = workspace.path("n.sock");
        node = new ProgramProcess(
                workspace,
                "node",
                List.of(),
                List.of(
                        "node",
                        "--node-name",
                        NODE,
                        "--data-dir",
                        workspace.path("data").toString(),
                        "--csi-endpoint",
                        "unix://" + nodeCsi,
                        "--agent-address",
                        "127.0.0.1:" + agentPort,
                        "--agent-socket",
                        "unix://" + agent,
                        "--tls-dir",
                        nodeTls.toString(),
                        "--metrics-address",
                        "",
                        "--disk",
                        pool.path().toString()));
        mover = new ProgramProcess(
                workspace,
                "mover",
                WITHOUT_CAPABILITIES,
                List.of(
                        "mover",
                        "--node-name",
                        NODE,
                        "--address",
                        "127.0.0.1:" + moverPort,
                        "--agent-socket",
                        "unix://" + agent,
                        "--state-dir",
                        workspace.path("data/mover").toString(),
                        "--tls-dir",
                        nodeTls.toString(),
                        "--metrics-address",
                        ""));
        controller = controller(workspace, "controller", csi, controllerTls, agentPort, moverPort);
        schedulers = List.of(scheduler(workspace, "scheduler-1"), scheduler(workspace, "scheduler-2"));
        standby = controller(workspace, "standby", workspace.path("s.sock"), controllerTls, agentPort, moverPort);
    }

    private static ProgramProcess controller(
            Workspace workspace, String name, Path socket, Path tls, int agentPort, int moverPort) {
        return new ProgramProcess(
                workspace,
                name,
                List.of(),
                List.of(
                        "controller",
                        "--identity",
                        name,
                        "--store",
                        "file://" + workspace.path("records"),
                        "--host",
                        NODE + "=127.0.0.1:" + agentPort + ":" + moverPort,
                        "--csi-endpoint",
                        "unix://" + socket,
                        "--operations-endpoint",
                        "unix://" + workspace.path(name + "-o.sock"),
                        "--tls-dir",
                        tls.toString(),
                        "--metrics-address",
                        ""));
    }

    private static ProgramProcess scheduler(Workspace workspace, String name) {
        return new ProgramProcess(
                workspace,
                name,
                List.of(),
                List.of("scheduler", "--server", "unix://" + operations(workspace), "--metrics-address", ""));
    }

    /** The operations socket of the controller that is no standby. */
    static Path operations(Workspace workspace) {
        return workspace.path("controller-o.sock");
    }

    /** Starts all but the standby and the schedulers. */
    void start() {
        node.start();
        mover.start();
        controller.start();
    }

    /** The sockets of the controller and of the node, as the sidecars and the kubelet see them. */
    CsiClient csi() {
        return new CsiClient(csi, nodeCsi);
    }

    String logs() {
        return controller.tail() + "\n" + node.tail() + "\n" + mover.tail();
    }

    @Override
    public void close() {
        schedulers.forEach(ProgramProcess::close);
        controller.close();
        standby.close();
        mover.close();
        node.close();
    }

    private static Path issue(Workspace workspace, Path authority, String name) {
        Path folder = workspace.directory("tls/" + name);
        openssl(
                folder,
                name,
                List.of(
                        "-CA",
                        authority.resolve("tls.crt").toString(),
                        "-CAkey",
                        authority.resolve("tls.key").toString(),
                        "-addext",
                        "subjectAltName=DNS:" + name,
                        "-addext",
                        "basicConstraints=CA:FALSE"));
        try {
            Files.copy(authority.resolve("tls.crt"), folder.resolve("ca.crt"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static void openssl(Path folder, String name, List<String> more) {
        List<String> command = new java.util.ArrayList<>(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-keyout",
                folder.resolve("tls.key").toString(),
                "-out",
                folder.resolve("tls.crt").toString()));
        command.addAll(more);
        HostCommand.run(command.toArray(String[]::new));
    }
}
