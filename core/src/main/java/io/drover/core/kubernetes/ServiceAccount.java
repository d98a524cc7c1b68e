package io.drover.core.kubernetes;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the kubelet gives to a pod that may talk to the API server: a folder with token, authority and namespace, and the server's
 * address in the environment. The token is replaced about every hour, and read anew for each request.
 */
public final class ServiceAccount {
    private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final String HOST = "KUBERNETES_SERVICE_HOST";
    private static final String PORT = "KUBERNETES_SERVICE_PORT";

    private final Path folder;
    private final Map<String, String> environment;

    /** Takes the folder and the environment of a pod. */
    public ServiceAccount(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** That of the pod in which this process runs, if it runs in one. */
    public static ServiceAccount ofThisPod() {
        return new ServiceAccount(FOLDER, System.getenv());
    }

    /** The namespace of the pod; empty outside of pods. */
    public Optional<String> namespace() {
        Path file = folder.resolve("namespace");
        return Files.isReadable(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /**
     * How to reach the server.
     *
     * @throws StorageException INVALID, with the remedy, if this is no pod with a service account
     */
    Config config() {
        String host = environment.getOrDefault(HOST, "");
        String port = environment.getOrDefault(PORT, "");
        Path token = folder.resolve("token");
        if (host.isEmpty() || port.isEmpty() || !Files.isReadable(token)) {
            throw StorageException.invalid(
                    "cannot reach Kubernetes: this process does not run in a pod with a service account (" + HOST + ", "
                            + PORT + " and " + token + "); give --kubeconfig, or for hosts without Kubernetes --store");
        }
        String address = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        // Nothing is looked for elsewhere, such as a kubeconfig in a home folder.
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + address + ":" + port + "/")
                .withCaCertFile(folder.resolve("ca.crt").toString())
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE, "cannot read " + file + " of the service account: " + e.getMessage(), e);
        }
    }
}
