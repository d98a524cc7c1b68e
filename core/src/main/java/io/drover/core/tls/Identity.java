package io.drover.core.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509TrustManager;

/**
 * The content of a TLS folder at one time.
 *
 * @param alias tells it from those of other times
 * @param chain ours, our own certificate first
 * @param authorities whom we believe
 */
record Identity(
        String alias,
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> authorities,
        X509TrustManager trust) {
    Identity {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    X509Certificate own() {
        return chain.getFirst();
    }

    /** Must not show the key. */
    @Override
    public String toString() {
        return "Identity[" + alias + ", " + own().getSubjectX500Principal() + "]";
    }
}
