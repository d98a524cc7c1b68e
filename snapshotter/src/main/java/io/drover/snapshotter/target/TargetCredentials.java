package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a target's Secret says (section 4 of the design, section 16 of the format's description). Its text shows nothing secret.
 *
 * @param accessKey empty = a role, or what the SDK finds at its usual places
 * @param role to take on by the host's web identity, when there is no access key
 * @param endpoint the server's address; empty = Amazon's own
 * @param certificates trusted besides those that the JDK trusts
 * @param virtualHostedStyle whether the bucket stands in the host's name; empty = if there is no endpoint
 * @param proxies empty = those of the process's environment
 * @param warnings for the user, without anything secret
 */
public record TargetCredentials(
        Optional<AccessKey> accessKey,
        Optional<String> role,
        Optional<URI> endpoint,
        List<X509Certificate> certificates,
        Optional<Boolean> virtualHostedStyle,
        Optional<Proxies> proxies,
        List<String> warnings) {
    /** Nothing given. */
    public static final TargetCredentials NONE = of(Map.of());

    public TargetCredentials {
        certificates = List.copyOf(certificates);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the keys of a Secret. Empty values count as not given, spaces and line ends around a value are dropped with a warning, an
     * unknown key is a warning.
     *
     * @throws StorageException INVALID with all that is wrong, without the values
     */
    public static TargetCredentials of(Map<String, String> secret) {
        return new CredentialsReader(secret).read();
    }

    /** Whether requests name the bucket in their path: with an endpoint of one's own, unless told otherwise. */
    public boolean usesPathStyle() {
        return virtualHostedStyle.map(virtual -> !virtual).orElse(endpoint.isPresent());
    }

    @Override
    public String toString() {
        return "TargetCredentials[accessKey=" + accessKey.map(AccessKey::id).orElse("none") + ", endpoint="
                + endpoint.map(URI::toString).orElse("none") + ", certificates=" + certificates.size() + "]";
    }
}
