package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.drover.core.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose certificate nobody knows, unless AWS_CERT says so. */
@SuppressWarnings("NullAway.Init")
class S3TlsTest {
    private HttpsServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Objects.requireNonNull(S3TlsTest.class.getResourceAsStream("server.p12"))) {
            store.load(stream, "trial".toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "trial".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        byte[] listing =
                ("<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated><Contents><Key>backupstore/x</Key>"
                                + "<Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents></ListBucketResult>")
                        .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, listing.length);
            exchange.getResponseBody().write(listing);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aCertificateThatIsGivenIsTrusted() throws IOException {
        try (TargetFiles target = open(TargetCredentialsTest.pem("two") + TargetCredentialsTest.pem("one"))) {
            assertThat(target.list("backupstore")).hasSize(1);
        }
    }

    @Test
    void aForeignCertificateIsRefusedWithTheRemedy() throws IOException {
        for (String certificates : new String[] {"", TargetCredentialsTest.pem("two")}) {
            try (TargetFiles target = open(certificates)) {
                assertThatThrownBy(() -> target.list("backupstore"))
                        .hasMessageContaining("is not trusted")
                        .hasMessageContaining("AWS_CERT");
                TargetFilesContract.assertCode(ErrorCode.IN_USE, () -> target.find("backupstore/x"));
            }
        }
    }

    private TargetFiles open(String certificates) {
        return S3Targets.open(
                "s3://bucket@us-east-1/",
                Map.of(
                        "AWS_ACCESS_KEY_ID",
                        "a",
                        "AWS_SECRET_ACCESS_KEY",
                        "b",
                        "AWS_ENDPOINTS",
                        "https://127.0.0.1:" + server.getAddress().getPort(),
                        "AWS_CERT",
                        certificates));
    }
}
