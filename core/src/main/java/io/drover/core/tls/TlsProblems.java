package io.drover.core.tls;

import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What a connection failed of, in words. */
public final class TlsProblems {
    private static final String ALERT = "Received fatal alert: ";

    private TlsProblems() {}

    /**
     * Looks whether certificates are the reason.
     *
     * @param own our own folder: why the other side may refuse us
     * @return empty if it is something else
     */
    public static Optional<String> explain(@Nullable Throwable failure, TlsFolder own) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (at instanceof CertificateException) {
                return Optional.of(message);
            }
            if (message.contains(ALERT)) {
                String alert = message.substring(message.indexOf(ALERT) + ALERT.length());
                return Optional.of(
                        "the other side refuses our certificate (" + alert + "): "
                                + own.ownProblem()
                                        .orElse(
                                                "its log has the reason; both sides need certificates of the same authority, made for their names"));
            }
            if (at instanceof SSLException && message.contains("not an SSL/TLS record")) {
                return Optional.of("what answers there does not speak TLS; is the address right?");
            }
        }
        return Optional.empty();
    }
}
