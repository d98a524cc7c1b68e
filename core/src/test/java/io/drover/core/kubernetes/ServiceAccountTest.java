package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ServiceAccountTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443");

    @TempDir
    Path folder;

    @Test
    void theServerIsThatOfThePodAndTheTokenIsReadAnew() throws IOException {
        Files.writeString(folder.resolve("token"), "one\n");
        Files.writeString(folder.resolve("namespace"), "drover-system");
        ServiceAccount account = new ServiceAccount(folder, ENVIRONMENT);

        Config config = account.config();
        Files.writeString(folder.resolve("token"), "two");

        assertThat(account.namespace()).contains("drover-system");
        assertThat(config.getMasterUrl()).isEqualTo("https://[fd00::1]:6443/");
        assertThat(config.getCaCertFile()).isEqualTo(folder.resolve("ca.crt").toString());
        assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("two");
    }

    @Test
    void outsideOfPodsItSaysWhatToGive() {
        ServiceAccount account = new ServiceAccount(folder, Map.of());

        assertThat(account.namespace()).isEmpty();
        assertThatThrownBy(account::config)
                .hasMessageContaining("give --kubeconfig")
                .hasMessageContaining("--store");
    }
}
