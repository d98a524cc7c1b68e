package io.drover.snapshotter.target;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates in PEM form, one after the other, with any text between them. */
final class PemCertificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private PemCertificates() {}

    /**
     * Reads all of them.
     *
     * @throws CertificateException if there is none, one is broken, or something else, such as a private key, is among them
     */
    static List<X509Certificate> parse(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            String type = blocks.group(1);
            if (!type.equals("CERTIFICATE")
                    && !type.equals("TRUSTED CERTIFICATE")
                    && !type.equals("X509 CERTIFICATE")) {
                throw new CertificateException("it holds something else, a block \"" + type + "\"");
            }
            certificates.add(certificate(factory, blocks.group(2), certificates.size() + 1));
        }
        int begun = text.split("-----BEGIN ", -1).length - 1;
        if (begun != certificates.size()) {
            throw new CertificateException("block " + (certificates.size() + 1) + " has no end");
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no block begins in it");
        }
        return certificates;
    }

    private static X509Certificate certificate(CertificateFactory factory, String base64, int number)
            throws CertificateException {
        try {
            byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException | CertificateException e) {
            throw new CertificateException("block " + number + " is broken", e);
        }
    }
}
