package io.drover.core.kubernetes;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The way to an API server, and the namespace in which everything of the driver's lies. */
public final class KubernetesConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
    private static final int REQUEST_MILLIS = (int) Duration.ofSeconds(10).toMillis();

    private final KubernetesClient client;
    private final String namespace;

    /** Takes over a client that is made already, whose own repetitions are off. */
    KubernetesConnection(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Opens the way; nothing is asked yet.
     *
     * @param kubeconfig empty = the service account of the pod
     * @param namespace where everything of the driver's lies
     * @throws StorageException INVALID if there is no such file, or no service account
     */
    public static KubernetesConnection open(Optional<Path> kubeconfig, String namespace) {
        kubeconfig.filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw StorageException.invalid(
                    "cannot reach Kubernetes: kubeconfig " + file + " cannot be read; give another one");
        });
        try {
            Config found = kubeconfig
                    .map(file -> Config.fromKubeconfig(file.toFile()))
                    .orElseGet(() -> ServiceAccount.ofThisPod().config());
            Config config = new ConfigBuilder(found)
                    .withNamespace(namespace)
                    // Repetitions are decided here, where it is known what may be done twice.
                    .withRequestRetryBackoffLimit(0)
                    .withConnectionTimeout(CONNECT_MILLIS)
                    .withRequestTimeout(REQUEST_MILLIS)
                    .build();
            return new KubernetesConnection(
                    new KubernetesClientBuilder().withConfig(config).build(), namespace);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new StorageException(
                    ErrorCode.INVALID,
                    "cannot reach Kubernetes: " + e.getMessage()
                            + "; give a kubeconfig, or run in a pod with a service account",
                    e);
        }
    }

    KubernetesClient client() {
        return client;
    }

    /** Where the driver's objects are. */
    public String namespace() {
        return namespace;
    }

    @Override
    public void close() {
        client.close();
    }
}
