package io.drover.snapshotter.target;

import io.drover.core.error.NearestName;
import io.drover.core.error.Violations;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the keys of a target's Secret, notes all that is wrong, and never repeats a value of which it is not sure that it is no secret. */
final class CredentialsReader {
    private static final String KEY_ID = "AWS_ACCESS_KEY_ID";
    private static final String KEY_SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String ROLE = "AWS_IAM_ROLE_ARN";
    private static final String ENDPOINT = "AWS_ENDPOINTS";
    private static final String CERTIFICATES = "AWS_CERT";
    private static final String VIRTUAL_HOSTED = "VIRTUAL_HOSTED_STYLE";
    private static final String HTTP_PROXY = "HTTP_PROXY";
    private static final String HTTPS_PROXY = "HTTPS_PROXY";
    private static final String NO_PROXY = "NO_PROXY";
    /** Our client never sends the header whose signing this switches. */
    private static final String SIGN_ACCEPT_ENCODING = "AWS_SIGN_ACCEPT_ENCODING";

    private static final List<String> KNOWN = List.of(
            KEY_ID,
            KEY_SECRET,
            ROLE,
            ENDPOINT,
            CERTIFICATES,
            VIRTUAL_HOSTED,
            HTTP_PROXY,
            HTTPS_PROXY,
            NO_PROXY,
            SIGN_ACCEPT_ENCODING);

    private final Map<String, String> values = new TreeMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Violations violations = new Violations();

    CredentialsReader(Map<String, String> secret) {
        // In the order of the names, so that the same Secret always gives the same messages.
        for (String key : new TreeSet<>(secret.keySet())) {
            take(key, secret.getOrDefault(key, ""));
        }
    }

    TargetCredentials read() {
        TargetCredentials credentials = new TargetCredentials(
                accessKey(),
                role(),
                value(ENDPOINT).flatMap(text -> server(ENDPOINT, text, "https://minio.example.org:9000")),
                certificates(),
                virtualHostedStyle(),
                proxies(),
                List.of());
        violations.throwIfAny("cannot use the credentials of the backup target");
        // The warnings are complete only now.
        return new TargetCredentials(
                credentials.accessKey(),
                credentials.role(),
                credentials.endpoint(),
                credentials.certificates(),
                credentials.virtualHostedStyle(),
                credentials.proxies(),
                warnings);
    }

    private void take(String key, String given) {
        if (!KNOWN.contains(key)) {
            warnings.add("the key \"" + NearestName.shown(key) + "\" is not known and not used"
                    + NearestName.hint(key, KNOWN));
            return;
        }
        String value = given.strip();
        if (!value.equals(given) && !value.isEmpty() && !key.equals(CERTIFICATES)) {
            boolean line = given.endsWith("\n") || given.endsWith("\r");
            warnings.add("the value of " + key + (line ? " ends in a newline" : " has spaces around it")
                    + ", which is left out" + (line ? " (encode it by echo -n, or use stringData)" : ""));
        }
        if (!value.isEmpty()) {
            values.put(key, value);
        }
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private Optional<AccessKey> accessKey() {
        Optional<String> id = value(KEY_ID);
        Optional<String> secret = value(KEY_SECRET);
        if (id.isPresent() != secret.isPresent()) {
            violations.add((id.isPresent() ? KEY_SECRET : KEY_ID) + " is missing; give both keys or none");
            return Optional.empty();
        }
        for (String key : List.of(KEY_ID, KEY_SECRET)) {
            value(key)
                    .filter(text -> !text.matches("[!-~]+") || text.matches("\".*\"|'.*'"))
                    .ifPresent(_ -> violations.add("the value of " + key
                            + " has spaces, quotes or other characters that no key has; write the key alone"));
        }
        return id.map(text -> new AccessKey(text, secret.orElseThrow()));
    }

    private Optional<String> role() {
        Optional<String> role = value(ROLE);
        if (role.isPresent() && !role.get().matches("arn:[a-z0-9-]+:iam::[0-9]*:role/[!-~]+")) {
            violations.add("the value of " + ROLE + " is no role; write arn:aws:iam::<account>:role/<name>");
            return Optional.empty();
        }
        if (role.isPresent() && value(KEY_ID).isPresent()) {
            warnings.add(ROLE + " is not used, since " + KEY_ID + " is given");
            return Optional.empty();
        }
        return role;
    }

    private Optional<URI> server(String key, String text, String example) {
        try {
            URI uri = new URI(text);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                if (key.equals(ENDPOINT) && uri.getUserInfo() != null) {
                    violations.add("the value of " + key + " has a user in it; give the keys by " + KEY_ID + " and "
                            + KEY_SECRET);
                }
                String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
                return Optional.of(
                        new URI(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority() + path));
            }
        } catch (URISyntaxException e) {
            // Said below, without the value, which may hold a password.
        }
        violations.add("the value of " + key + " is not the URL of one server; write it like " + example);
        return Optional.empty();
    }

    private List<X509Certificate> certificates() {
        Optional<String> text = value(CERTIFICATES);
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            return PemCertificates.parse(text.get());
        } catch (CertificateException e) {
            violations.add("the value of " + CERTIFICATES + " does not hold certificates: " + e.getMessage()
                    + "; write one or more in PEM form, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----");
            return List.of();
        }
    }

    private Optional<Boolean> virtualHostedStyle() {
        return value(VIRTUAL_HOSTED).flatMap(text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                warnings.add("the value of " + VIRTUAL_HOSTED + " is neither true nor false, and is not used");
                yield Optional.empty();
            }
        });
    }

    private Optional<Proxies> proxies() {
        if (value(HTTP_PROXY).isEmpty()
                && value(HTTPS_PROXY).isEmpty()
                && value(NO_PROXY).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Proxies(
                proxy(HTTP_PROXY), proxy(HTTPS_PROXY), value(NO_PROXY).orElse("")));
    }

    private Optional<URI> proxy(String key) {
        // As curl and Go: a proxy may be given without a scheme.
        return value(key)
                .flatMap(text ->
                        server(key, text.contains("://") ? text : "http://" + text, "http://proxy.example.org:3128"));
    }
}
