package io.drover.core.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class SecretCredentialStoreTest {
    private FakeApiServer server;
    private KubernetesConnection connection;
    private SecretCredentialStore store;

    @BeforeEach
    void open() throws IOException {
        server = new FakeApiServer();
        connection = KubernetesStoreTest.connect(server.url());
        store = new SecretCredentialStore(connection, Clock.systemUTC(), Pause.SLEEP);
    }

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    @Test
    void theKeysOfASecretAreRead() {
        server.put("secrets", secret("keys", "AWS_ACCESS_KEY_ID", encoded("pass-phräse\n")));

        assertThat(store.find("keys")).contains(Map.of("AWS_ACCESS_KEY_ID", "pass-phräse\n"));
        assertThat(store.find("others")).isEmpty();
    }

    @Test
    void whatIsForbiddenIsNotAbsentAndTheMessageNamesThePermission() {
        server.plan("GET", "secrets/keys", FakeApiServer.Fault.FORBIDDEN);

        assertThatThrownBy(() -> store.find("keys"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("cannot get secrets keys")
                .hasMessageContaining("the verb \"get\" on the resource \"secrets\" of the API group \"\"");
    }

    @Test
    void aNameCannotLeadToAnotherObject() {
        for (String name : new String[] {"../configmaps/x", "a/b", "..", "A", "", "x?y", "a%2fb"}) {
            assertThatThrownBy(() -> store.find(name))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theContentAppearsInNoMessage() {
        server.put("secrets", secret("keys", "AWS_SECRET_ACCESS_KEY", "planted*secret"));

        assertThatThrownBy(() -> store.find("keys"))
                .hasMessageContaining("AWS_SECRET_ACCESS_KEY of Secret keys")
                .satisfies(e -> assertThat(e + " " + e.getCause()).doesNotContain("planted"));
    }

    @Test
    void secretsAreNeitherWrittenNorRemoved() {
        server.put("secrets", secret("keys", "A", encoded("1")));

        assertThatThrownBy(() -> store.put("keys", Map.of("A", "2")))
                .hasMessageContaining("kubectl create secret generic <secret> -n drover-system");
        store.delete("keys");

        assertThat(store.find("keys")).contains(Map.of("A", "1"));
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET "));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String secret(String name, String key, String value) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"" + key
                + "\":\"" + value + "\"}}";
    }
}
