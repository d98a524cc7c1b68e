package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.snapshotter.testing.ForwardProxy;
import io.drover.snapshotter.testing.NamedS3;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through real forwarding proxies to a real S3 server. */
@SuppressWarnings("NullAway.Init")
class S3ProxiesTest {
    private final NamedS3 server = NamedS3.server();
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = "proxied-" + UUID.randomUUID();
        server.makeBucket(bucket);
    }

    private Map<String, String> secret(URI endpoint, String... proxies) {
        Map<String, String> secret = new HashMap<>(server.secret(endpoint));
        secret.put("AWS_CERT", server.authority());
        for (int i = 0; i < proxies.length; i += 2) {
            secret.put(proxies[i], proxies[i + 1]);
        }
        return secret;
    }

    private void use(Map<String, String> secret) {
        use(secret, Map.of());
    }

    private void use(Map<String, String> secret, Map<String, String> environment) {
        try (TargetOpener opener = S3Targets.opener(S3Targets.QUICK, environment);
                TargetFiles target = opener.open(
                        TargetAddress.parse("s3://" + bucket + "@us-east-1/"), TargetCredentials.of(secret))) {
            target.write("backupstore/x", new byte[300_000]);
            assertThat(target.read("backupstore/x", 1 << 20)).hasSize(300_000);
            assertThat(target.list("backupstore")).hasSize(1);
            target.delete("backupstore/x");
            assertThat(target.find("backupstore/x")).isEmpty();
        }
    }

    private static String url(ForwardProxy proxy) {
        return "http://127.0.0.1:" + proxy.port();
    }

    @Test
    void httpGoesThroughTheProxyForHttp() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            use(secret(server.http(), "HTTP_PROXY", url(proxy)));

            assertThat(proxy.seen())
                    .contains("PUT " + server.http() + "/" + bucket + "/backupstore/x")
                    .allMatch(line -> line.contains(server.http() + "/" + bucket));
        }
    }

    @Test
    void httpsGoesThroughATunnelOfTheProxyForHttps() throws IOException {
        try (ForwardProxy http = ForwardProxy.start();
                ForwardProxy https = ForwardProxy.start()) {
            use(secret(server.https(), "HTTP_PROXY", url(http), "HTTPS_PROXY", url(https)));

            assertThat(http.seen()).isEmpty();
            assertThat(https.seen())
                    .isNotEmpty()
                    .allMatch(line -> line.equals("CONNECT " + server.https().getAuthority()));
        }
    }

    @Test
    void aProxyMayBeGivenWithoutAScheme() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            use(secret(server.https(), "HTTPS_PROXY", "127.0.0.1:" + proxy.port() + "\n"));

            assertThat(proxy.seen()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3.trial.test", ".trial.test", "other.example,trial.test", "*"})
    void whatIsExemptGoesDirectly(String exempt) throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            use(secret(server.http(), "HTTP_PROXY", url(proxy), "NO_PROXY", exempt));

            assertThat(proxy.seen()).isEmpty();
        }
    }

    @Test
    void whatIsNotExemptDoesNot() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.start()) {
            use(secret(server.http(), "HTTP_PROXY", url(proxy), "NO_PROXY", "trial.example,10.0.0.0/8"));

            assertThat(proxy.seen()).isNotEmpty();
        }
    }

    @Test
    void theProcesssProxiesServeTargetsThatNameNone() throws IOException {
        try (ForwardProxy process = ForwardProxy.start();
                ForwardProxy own = ForwardProxy.start()) {
            Map<String, String> environment = Map.of("https_proxy", url(process));

            use(secret(server.https()), environment);
            assertThat(process.seen()).isNotEmpty();

            int before = process.seen().size();
            use(secret(server.https(), "HTTPS_PROXY", url(own)), environment);
            assertThat(process.seen()).hasSize(before);
            assertThat(own.seen()).isNotEmpty();
        }
    }

    @Test
    void aProxyThatAsksForAUser() throws IOException {
        try (ForwardProxy proxy = ForwardProxy.startFor("drover:pass")) {
            String known = "http://drover:pass@127.0.0.1:" + proxy.port();
            use(secret(server.http(), "HTTP_PROXY", known));
            use(secret(server.https(), "HTTPS_PROXY", known));
            assertThat(proxy.seen()).isNotEmpty();

            for (String other : new String[] {"http://drover:wr0ng@127.0.0.1:" + proxy.port(), url(proxy)}) {
                for (URI endpoint : new URI[] {server.http(), server.https()}) {
                    Map<String, String> secret = secret(endpoint, "HTTP_PROXY", other, "HTTPS_PROXY", other);
                    assertThatThrownBy(() -> use(secret))
                            .hasMessageContaining("the proxy wants a user")
                            .hasMessageNotContaining("wr0ng");
                    TargetFilesContract.assertCode(ErrorCode.IN_USE, () -> use(secret));
                }
            }
        }
    }

    @Test
    void aProxyThatIsNotThereIsNamed() throws IOException {
        ForwardProxy gone = ForwardProxy.start();
        gone.close();
        for (URI endpoint : new URI[] {server.http(), server.https()}) {
            Map<String, String> secret = secret(endpoint, "HTTP_PROXY", url(gone), "HTTPS_PROXY", url(gone));

            assertThatThrownBy(() -> use(secret))
                    .hasMessageContaining("127.0.0.1:" + gone.port())
                    .hasMessageContaining("proxy");
            TargetFilesContract.assertCode(ErrorCode.UNAVAILABLE, () -> use(secret));
        }
    }
}
