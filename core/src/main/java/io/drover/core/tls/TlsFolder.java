package io.drover.core.tls;

import io.drover.core.error.StorageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with our certificate, its key and the authority that both sides share. It is looked at whenever a connection is made: renewed
 * files are used from then on. While what is there cannot be used (half written, say), the last good content stays in force.
 */
public final class TlsFolder {
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";
    static final String AUTHORITY = "ca.crt";

    private static final Logger log = LoggerFactory.getLogger(TlsFolder.class);

    private final Path folder;
    private final Clock clock;
    private List<Object> stamp;
    private Identity identity;
    private @Nullable Identity before;
    private String complaint = "";

    private TlsFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.stamp = stamp();
        this.identity = read(1);
    }

    /**
     * Reads the folder.
     *
     * @throws StorageException INVALID, with the file and what to do, if it cannot be used
     */
    public static TlsFolder open(Path folder, Clock clock) {
        return new TlsFolder(folder, clock);
    }

    /** Where it lies. */
    public Path path() {
        return folder;
    }

    /** Proves who we are. */
    public X509ExtendedKeyManager keys() {
        return new FolderKeys(this);
    }

    /**
     * Believes those whose certificate is signed by the authority and made for this name (a DNS name among its subject alternative
     * names).
     */
    public X509ExtendedTrustManager trusting(String peer) {
        return new PeerTrust(this, peer, clock);
    }

    /** Why the other side may rightly refuse our certificate; empty if nothing is seen from here. */
    public Optional<String> ownProblem() {
        X509Certificate own = current().own();
        Instant now = clock.instant();
        if (now.isAfter(own.getNotAfter().toInstant())) {
            return Optional.of("our own certificate " + folder.resolve(CERTIFICATE) + " has expired on "
                    + own.getNotAfter().toInstant() + "; renew it");
        }
        if (now.isBefore(own.getNotBefore().toInstant())) {
            return Optional.of("our own certificate " + folder.resolve(CERTIFICATE) + " is valid only from "
                    + own.getNotBefore().toInstant() + "; set this host's clock");
        }
        return Optional.empty();
    }

    /** Until when our certificate is valid. */
    public Instant expires() {
        return current().own().getNotAfter().toInstant();
    }

    synchronized Identity current() {
        List<Object> found = stamp();
        if (!found.equals(stamp)) {
            try {
                Identity next = read(Integer.parseInt(identity.alias()) + 1);
                before = identity;
                identity = next;
                stamp = found;
                complaint = "";
                log.atInfo()
                        .addKeyValue("folder", folder)
                        .addKeyValue("expires", next.own().getNotAfter().toInstant())
                        .log("certificates read again");
            } catch (StorageException e) {
                complain(String.valueOf(e.getMessage()));
            }
        }
        return identity;
    }

    /** The identity that was chosen under this alias, while a connection is being made. */
    synchronized Identity of(String alias) {
        Identity earlier = before;
        return earlier != null && earlier.alias().equals(alias) ? earlier : identity;
    }

    private void complain(String problem) {
        if (!problem.equals(complaint)) {
            complaint = problem;
            log.atWarn().log("the certificates of before stay in use: {}", problem);
        }
    }

    /** What tells whether files have changed; a Secret's files are links that change their target. */
    private List<Object> stamp() {
        List<Object> stamp = new ArrayList<>();
        for (String name : List.of(CERTIFICATE, KEY, AUTHORITY)) {
            try {
                BasicFileAttributes file = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
                stamp.add(String.valueOf(file.fileKey()));
                stamp.add(file.lastModifiedTime());
                stamp.add(file.size());
            } catch (IOException e) {
                stamp.add("unreadable");
            }
        }
        return stamp;
    }

    private Identity read(int number) {
        List<X509Certificate> chain = certificates(CERTIFICATE);
        List<X509Certificate> authorities = certificates(AUTHORITY);
        try {
            PrivateKey key = PrivateKeys.parse(text(KEY));
            requirePair(key, chain.getFirst());
            return new Identity(Integer.toString(number), key, chain, authorities, trust(authorities));
        } catch (GeneralSecurityException e) {
            throw unusable(KEY, String.valueOf(e.getMessage()));
        }
    }

    private List<X509Certificate> certificates(String name) {
        try {
            List<X509Certificate> certificates = new ArrayList<>();
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text(name).getBytes(StandardCharsets.UTF_8)))
                    .forEach(certificate -> certificates.add((X509Certificate) certificate));
            if (certificates.isEmpty()) {
                throw unusable(name, "there is no certificate in it");
            }
            return certificates;
        } catch (CertificateException e) {
            throw unusable(name, "it is no certificate in PEM form");
        }
    }

    private String text(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unusable(name, "it does not exist");
        } catch (IOException e) {
            throw unusable(name, "it cannot be read: " + e.getMessage());
        }
    }

    private StorageException unusable(String name, String problem) {
        return StorageException.invalid("cannot use " + folder.resolve(name) + ": " + problem + "; the folder needs "
                + CERTIFICATE + ", " + KEY + " and " + AUTHORITY + " in PEM form, as a Kubernetes TLS Secret has them");
    }

    private static X509TrustManager trust(List<X509Certificate> authorities) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust) {
                    return trust;
                }
            }
            throw new GeneralSecurityException("the JDK has no PKIX trust manager");
        } catch (IOException e) {
            throw new GeneralSecurityException("no key store in memory", e);
        }
    }

    /** A renewal that was read halfway shows here. */
    private static void requirePair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        byte[] sample = new byte[32];
        new SecureRandom().nextBytes(sample);
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            throw new GeneralSecurityException("it is not the key of " + CERTIFICATE);
        }
        Signature check = Signature.getInstance(algorithm);
        check.initVerify(certificate.getPublicKey());
        check.update(sample);
        if (!check.verify(signed)) {
            throw new GeneralSecurityException("it is not the key of " + CERTIFICATE);
        }
    }
}
