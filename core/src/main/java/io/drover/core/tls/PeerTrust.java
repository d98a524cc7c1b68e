package io.drover.core.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom we talk to: signed by the shared authority, in date, and made for the expected name. Addresses play no part. What is wrong is said
 * in words, in the exception and, since the other side only sees an alert, in the log.
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private static final Logger log = LoggerFactory.getLogger(PeerTrust.class);
    /** The type of a DNS name in {@link X509Certificate#getSubjectAlternativeNames}. */
    private static final int DNS = 2;

    private final TlsFolder folder;
    private final String peer;
    private final Clock clock;
    /** A peer that tries again and again is one line. */
    private final AtomicReference<String> said = new AtomicReference<>("");

    PeerTrust(TlsFolder folder, String peer, Clock clock) {
        this.folder = folder;
        this.peer = peer;
        this.clock = clock;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, type, true);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, type, true);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, type, true);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, type, false);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain, type, false);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain, type, false);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return folder.current().authorities().toArray(X509Certificate[]::new);
    }

    private void check(X509Certificate[] chain, String type, boolean client) throws CertificateException {
        try {
            signed(chain, type, client);
            named(chain[0]);
        } catch (CertificateException e) {
            String problem = String.valueOf(e.getMessage());
            if (!problem.equals(said.getAndSet(problem))) {
                log.atWarn().log("connection refused: {}", problem);
            }
            throw e;
        }
    }

    private void signed(X509Certificate[] chain, String type, boolean client) throws CertificateException {
        try {
            if (client) {
                folder.current().trust().checkClientTrusted(chain, type);
            } else {
                folder.current().trust().checkServerTrusted(chain, type);
            }
        } catch (CertificateException e) {
            throw new CertificateException(explained(chain, e), e);
        }
    }

    private String explained(X509Certificate[] chain, CertificateException cause) {
        Instant now = clock.instant();
        for (X509Certificate certificate : chain) {
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return "the certificate of the other side (" + certificate.getSubjectX500Principal()
                        + ") has expired on " + certificate.getNotAfter().toInstant() + "; renew it there";
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return "the certificate of the other side (" + certificate.getSubjectX500Principal()
                        + ") is valid only from " + certificate.getNotBefore().toInstant()
                        + "; compare the clocks of both hosts";
            }
        }
        boolean ours = folder.current().authorities().stream()
                .anyMatch(authority -> signedBy(chain[chain.length - 1], authority));
        return ours
                ? "the certificate of the other side (" + chain[0].getSubjectX500Principal() + ") cannot be used: "
                        + cause.getMessage() + "; make it anew"
                : "the certificate of the other side (" + chain[0].getSubjectX500Principal()
                        + ") is not signed by the authority in " + folder.path().resolve(TlsFolder.AUTHORITY)
                        + ", but by " + chain[0].getIssuerX500Principal()
                        + "; give both sides certificates of the same authority";
    }

    private static boolean signedBy(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (java.security.GeneralSecurityException e) {
            return false;
        }
    }

    private void named(X509Certificate certificate) throws CertificateException {
        List<String> names = names(certificate);
        if (!names.contains(peer)) {
            throw new CertificateException("the certificate of the other side ("
                    + certificate.getSubjectX500Principal() + ") is made for "
                    + (names.isEmpty() ? "no name" : String.join(", ", names)) + ", and not for " + peer
                    + "; connect to the right process, or make its certificate with the subject alternative name DNS:"
                    + peer);
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> name.getFirst().equals(DNS))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
    }
}
