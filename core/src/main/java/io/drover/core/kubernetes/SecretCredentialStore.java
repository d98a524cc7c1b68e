package io.drover.core.kubernetes;

import io.drover.core.credentials.CredentialStore;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.resources.SecretFormat;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The keys of backup targets as Secrets of the driver's namespace, by the names that targets give. They belong to who made them: they
 * are read, for each use anew, and never written or removed. No other namespace is asked.
 */
public final class SecretCredentialStore implements CredentialStore {
    private static final String SECRETS = "secrets";
    /** The name becomes a path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private final ApiServer server;

    /** Asks the API server at each call. */
    public SecretCredentialStore(KubernetesConnection connection, Clock clock, Pause pause) {
        this.server = new ApiServer(connection, clock, pause);
    }

    /**
     * {@inheritDoc}
     *
     * @throws StorageException INVALID if no Secret can have this name; UNAVAILABLE if the API server does not answer, or does not allow it
     */
    @Override
    public Optional<Map<String, String>> find(String name) {
        if (!NAME.matcher(name).matches()) {
            throw StorageException.invalid("cannot read the credentials \"" + name
                    + "\": no Secret can have this name; correct spec.credentials of the BackupTarget");
        }
        ApiRequest request = new ApiRequest(
                ApiRequest.Verb.GET,
                ApiGroup.CORE,
                SECRETS,
                ApiGroup.CORE.path(server.namespace(), SECRETS) + "/" + name,
                name,
                "");
        return server.find(request).map(body -> SecretFormat.read(name, body));
    }

    /** @throws StorageException UNSUPPORTED, always, with what to do instead */
    @Override
    public void put(String name, Map<String, String> credentials) {
        throw new StorageException(
                ErrorCode.UNSUPPORTED,
                "cannot keep the credentials of backup target " + name + ": on Kubernetes they are a Secret; make it by"
                        + " \"kubectl create secret generic <secret> -n " + server.namespace()
                        + " --from-literal=AWS_ACCESS_KEY_ID=…\", and name it in the target's resource, as"
                        + " spec.credentials");
    }

    /** Leaves the Secret to who made it. */
    @Override
    public void delete(String name) {}
}
