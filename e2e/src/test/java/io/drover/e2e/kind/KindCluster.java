package io.drover.e2e.kind;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A Kubernetes of one node in a container of Docker: kind's node image, without kind. It lives until it is closed; Testcontainers removes it and
 * its volume even if this process is killed.
 *
 * <pre>
 *   container (systemd, containerd) ─► kubeadm init ─► network of the pods ─► node Ready ─► kubeconfig outside
 * </pre>
 *
 * <p>Source of how the container is started: {@code pkg/cluster/internal/providers/docker/provision.go} of kubernetes-sigs/kind. Kubernetes of this
 * version wants a host with cgroups v2.
 */
final class KindCluster implements AutoCloseable {
    /**
     * kindest/node v1.36.4, built for kind v0.33.0. By digest, as kind's release notes ask: the tag can come to name a build for another release.
     * {@code DROVER_KIND_IMAGE} names another one, such as a mirror's.
     */
    private static final String IMAGE =
            "kindest/node@sha256:099e049362a1526b2db71494e1947aae99bd16290d7c895f2b7ea312e3cbfaed";

    private static final String NAME = "drover-kind";
    private static final String ADMIN = "/etc/kubernetes/admin.conf";
    /** Below the image's root and not in /tmp: what Docker copies into a container does not reach its tmpfs. */
    private static final String FOLDER = "/kind/drover/";

    private final GenericContainer<?> node;
    private final Path folder;

    private KindCluster(GenericContainer<?> node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    /** Whether there is a Docker to start one in. */
    static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /**
     * Starts one; takes minutes when the image has to be fetched.
     *
     * @param folder for the kubeconfig and kubectl
     */
    @SuppressWarnings("resource") // closed by close()
    static KindCluster start(Path folder) {
        GenericContainer<?> node = new GenericContainer<>(
                        DockerImageName.parse(System.getenv().getOrDefault("DROVER_KIND_IMAGE", IMAGE)))
                .withPrivilegedMode(true)
                .withTmpFs(Map.of("/tmp", "rw", "/run", "rw"))
                .withExposedPorts(NodeFiles.API_PORT)
                .withCreateContainerCmdModifier(KindCluster::asNode)
                .waitingFor(Wait.forLogMessage(".*Reached target .*Multi-User System.*", 1)
                        .withStartupTimeout(Duration.ofMinutes(3)));
        node.start();
        KindCluster cluster = new KindCluster(node, folder);
        try {
            cluster.initialise();
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** For an administrator, from this machine. */
    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** A folder with the node's kubectl, which is of the cluster's version. */
    Path programs() {
        Path kubectl = folder.resolve("bin/kubectl");
        try {
            Files.createDirectories(folder.resolve("bin"));
            node.copyFileFromContainer("/usr/bin/kubectl", kubectl.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!kubectl.toFile().setExecutable(true)) {
            throw new IllegalStateException(kubectl + " cannot be made executable");
        }
        return folder.resolve("bin");
    }

    /** Gives the node an image that no registry has, from a docker-archive. */
    void load(Path archive) {
        node.copyFileToContainer(MountableFile.forHostPath(archive), FOLDER + "image.tar");
        inNode("ctr", "--namespace", "k8s.io", "images", "import", FOLDER + "image.tar");
        inNode("rm", FOLDER + "image.tar");
    }

    @Override
    public void close() {
        node.stop();
    }

    /** What Testcontainers has no method of its own for. */
    private static void asNode(CreateContainerCmd command) {
        HostConfig host = Objects.requireNonNull(command.getHostConfig());
        host.withCgroupnsMode("private")
                // The image's own entry point is process 1: it prepares mounts and cgroups and becomes systemd.
                .withInit(false)
                .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
                // The kernel's modules for file systems and for kube-proxy are the host's.
                .withBinds(new Bind("/lib/modules", new Volume("/lib/modules"), AccessMode.ro));
        // Images, pods and Drover's disk on a real file system: no overlay upon an overlay. A terminal, or systemd says
        // nothing.
        command.withVolumes(new Volume("/var")).withTty(true).withHostName(NAME);
    }

    private void initialise() throws IOException {
        String address =
                Objects.requireNonNull(node.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("the container is in no network"))
                        .getIpAddress());
        String version = inNode("cat", "/kind/version").strip();
        give("kubeadm.yaml", NodeFiles.kubeadm(version, address, node.getHost()));
        // The checks beforehand do not fit a container (swap, kernel configuration); kind leaves them out too.
        inNode(
                "kubeadm",
                "init",
                "--config=" + FOLDER + "kubeadm.yaml",
                "--skip-phases=preflight",
                "--skip-token-print");
        give("network.yaml", NodeFiles.network(inNode("cat", "/kind/manifests/default-cni.yaml")));
        inNode("kubectl", "--kubeconfig=" + ADMIN, "create", "--filename=" + FOLDER + "network.yaml");
        inNode("kubectl", "--kubeconfig=" + ADMIN, "wait", "--for=condition=Ready", "nodes", "--all", "--timeout=240s");
        Files.writeString(
                kubeconfig(),
                NodeFiles.kubeconfig(inNode("cat", ADMIN), node.getHost(), node.getMappedPort(NodeFiles.API_PORT)));
    }

    private void give(String name, String text) {
        node.copyFileToContainer(Transferable.of(text), FOLDER + name);
    }

    /** Runs a command in the node and returns its output. @throws IllegalStateException with the kubelet's last words if it fails */
    private String inNode(String... command) {
        try {
            ExecResult result = node.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " exited with " + result.getExitCode() + ":\n"
                                + result.getStdout() + result.getStderr() + "\nthe kubelet:\n"
                                + node.execInContainer("journalctl", "--unit=kubelet", "--no-pager", "--lines=40")
                                        .getStdout());
            }
            return result.getStdout();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + String.join(" ", command) + " ran in the node", e);
        }
    }
}
