package io.drover.cluster;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.kubernetes.LeaderService;
import io.drover.core.kubernetes.ServiceAccount;
import io.drover.core.time.Pause;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a controller keeps its records and finds its hosts: on Kubernetes, or in a folder and by a list. */
final class ClusterOptions {
    private static final String FILE = "file://";
    private static final Pattern SERVICE = Pattern.compile("([a-z0-9-]+)/([a-z0-9-]+)=([0-9a-fA-F.:]+):([0-9]{1,5})");

    @Option(
            names = "--namespace",
            paramLabel = "<name>",
            defaultValue = "",
            description = "Of the driver's resources and of its hosts' pods (default: that of this pod).")
    private String namespace = "";

    @Option(
            names = "--kubeconfig",
            paramLabel = "<file>",
            description = "How to reach Kubernetes (default: the service account of this pod).")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--store",
            paramLabel = "file://<folder>",
            defaultValue = "",
            description =
                    "Keeps the records in a folder, for hosts without Kubernetes; whoever locks it leads. Needs --host.")
    private String store = "";

    @Option(
            names = "--host",
            paramLabel = "<name>=<address>[:<agent port>:<mover port>]",
            description = "With --store: a host; may be given several times.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--leader-election",
            paramLabel = "true|false",
            arity = "1",
            defaultValue = "true",
            description = "Stand by while another controller leads, instead of ending (default: ${DEFAULT-VALUE}).")
    private boolean leaderElection;

    @Option(
            names = "--leader-service",
            paramLabel = "<service>/<port name>=<address>:<port>",
            defaultValue = "",
            description = "A Service without selector that is to lead to this address while this controller leads.")
    private String leaderService = "";

    /** Checks what was given; the result opens the cluster, as soon as this controller leads. */
    Candidate read(Arguments arguments, String identity, FaultPoints faults) {
        if (store.isEmpty()) {
            return onKubernetes(arguments, identity, faults);
        }
        if (!namespace.isEmpty() || kubeconfig != null || !leaderService.isEmpty()) {
            arguments.problem(
                    "--namespace, --kubeconfig and --leader-service are of Kubernetes; leave them out, or leave"
                            + " out --store");
        }
        Path folder = folder(arguments);
        List<HostAddress> addresses = hosts(arguments);
        return standing -> DirectoryCluster.open(folder, addresses, leaderElection, Pause.SLEEP, standing);
    }

    private Candidate onKubernetes(Arguments arguments, String identity, FaultPoints faults) {
        if (!hosts.isEmpty()) {
            arguments.problem(
                    "--host is for hosts without Kubernetes, and needs --store; on Kubernetes their pods tell");
        }
        Optional<Path> config = Optional.ofNullable(kubeconfig);
        String name =
                namespace.isEmpty() ? ServiceAccount.ofThisPod().namespace().orElse("") : namespace;
        if (name.isEmpty()) {
            arguments.problem("--namespace is missing: this process runs in no pod; name the driver's namespace, or"
                    + " without Kubernetes give --store file:///var/lib/drover-controller");
        }
        Optional<LeaderService.Place> service = service(arguments);
        return standing -> KubernetesCluster.open(
                config,
                name,
                new KubernetesLead(identity, leaderElection),
                service,
                Clock.systemUTC(),
                Pause.SLEEP,
                faults,
                standing);
    }

    private Optional<LeaderService.Place> service(Arguments arguments) {
        if (leaderService.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(arguments.checked(
                "--leader-service",
                leaderService,
                ClusterOptions::place,
                new LeaderService.Place("invalid", "invalid", "invalid", 0)));
    }

    private static LeaderService.Place place(String text) {
        Matcher parts = SERVICE.matcher(text);
        if (!parts.matches()) {
            throw StorageException.invalid(
                    "\"" + text + "\" is malformed; write <service>/<port name>=<address>:<port>");
        }
        return new LeaderService.Place(
                parts.group(1), parts.group(2), parts.group(3), HostAddress.port(text, parts.group(4)));
    }

    private Path folder(Arguments arguments) {
        if (!store.startsWith(FILE + "/")) {
            arguments.problem(
                    "--store \"" + store + "\" is no place for records; write file:///var/lib/drover-controller");
            return Path.of("/");
        }
        return Path.of(store.substring(FILE.length())).normalize();
    }

    private List<HostAddress> hosts(Arguments arguments) {
        List<HostAddress> read = new ArrayList<>();
        for (String host : hosts) {
            try {
                HostAddress address = HostAddress.parse(host);
                if (read.stream().anyMatch(other -> other.node().equals(address.node()))) {
                    arguments.problem("--host " + address.node() + " is given twice");
                }
                read.add(address);
            } catch (StorageException e) {
                arguments.problem("--host: " + e.getMessage());
            }
        }
        if (read.isEmpty() && hosts.isEmpty()) {
            arguments.problem("--host is missing: with --store, name each host, as in --host worker-1=10.0.0.7");
        }
        return read;
    }
}
