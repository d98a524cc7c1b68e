package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetCredentialsTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @Test
    void everythingGiven() throws IOException {
        TargetCredentials credentials = TargetCredentials.of(Map.of(
                "AWS_ACCESS_KEY_ID", "AKIAEXAMPLE",
                "AWS_SECRET_ACCESS_KEY", SECRET,
                "AWS_ENDPOINTS", "https://minio.example.org:9000/",
                "AWS_CERT", pem("one") + pem("two"),
                "VIRTUAL_HOSTED_STYLE", "true",
                "HTTP_PROXY", "http://proxy:3128",
                "HTTPS_PROXY", "proxy:3128",
                "NO_PROXY", "10.0.0.0/8",
                "AWS_SIGN_ACCEPT_ENCODING", "false"));

        assertThat(credentials.accessKey()).contains(new AccessKey("AKIAEXAMPLE", SECRET));
        assertThat(credentials.endpoint()).contains(URI.create("https://minio.example.org:9000"));
        assertThat(credentials.certificates()).hasSize(2);
        assertThat(credentials.usesPathStyle()).isFalse();
        assertThat(credentials.proxies().orElseThrow().https()).contains(URI.create("http://proxy:3128"));
        assertThat(credentials.warnings()).isEmpty();
        assertThat(credentials.toString()).contains("AKIAEXAMPLE").doesNotContain(SECRET);
        assertThat(credentials.accessKey().toString()).doesNotContain(SECRET);
    }

    @Test
    void nothingGiven() {
        assertThat(TargetCredentials.NONE.accessKey()).isEmpty();
        assertThat(TargetCredentials.NONE.proxies()).isEmpty();
        assertThat(TargetCredentials.NONE.usesPathStyle()).isFalse();
        assertThat(TargetCredentials.of(Map.of("AWS_CERT", "", "AWS_ENDPOINTS", "  "))
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, false",
                "https://minio:9000, -, true",
                "https://minio:9000, true, false",
                "https://minio:9000, false, true",
                "-, false, true",
                "-, true, false",
                "https://minio:9000, yes, true"
            })
    void pathStyle(@Nullable String endpoint, @Nullable String virtual, boolean path) {
        Map<String, String> secret = new HashMap<>();
        if (endpoint != null) {
            secret.put("AWS_ENDPOINTS", endpoint);
        }
        if (virtual != null) {
            secret.put("VIRTUAL_HOSTED_STYLE", virtual);
        }
        assertThat(TargetCredentials.of(secret).usesPathStyle()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWS_ACCES_KEY_ID     | x      | did you mean "AWS_ACCESS_KEY_ID"?
            aws_endpoints        | x      | did you mean "AWS_ENDPOINTS"?
            AWS_ENDPOINT         | x      | did you mean "AWS_ENDPOINTS"?
            NOPROXY              | x      | did you mean "NO_PROXY"?
            CIFS_USERNAME        | x      | is not known and not used
            VIRTUAL_HOSTED_STYLE | yes    | neither true nor false
            NO_PROXY             | ' a '  | has spaces around it
            """)
    void whatIsOnlyAWarning(String key, String value, String warning) {
        assertThat(TargetCredentials.of(Map.of(key, value)).warnings())
                .singleElement()
                .asString()
                .contains(key, warning);
    }

    @Test
    void aNewlineAtTheEndIsTrimmedAndSaid() {
        TargetCredentials credentials =
                TargetCredentials.of(Map.of("AWS_ACCESS_KEY_ID", "AKIA\n", "AWS_SECRET_ACCESS_KEY", SECRET + "\r\n"));

        assertThat(credentials.accessKey()).contains(new AccessKey("AKIA", SECRET));
        assertThat(credentials.warnings())
                .hasSize(2)
                .allMatch(text -> text.contains("ends in a newline") && text.contains("echo -n"))
                .noneMatch(text -> text.contains(SECRET));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AWS_ACCESS_KEY_ID     | AKIA                        | AWS_SECRET_ACCESS_KEY is missing
            AWS_SECRET_ACCESS_KEY | sEcReT                      | AWS_ACCESS_KEY_ID is missing
            AWS_ENDPOINTS         | minio:9000                  | is not the URL of one server
            AWS_ENDPOINTS         | sEcReT                      | is not the URL of one server
            AWS_ENDPOINTS         | https://a,https://b         | is not the URL of one server
            AWS_ENDPOINTS         | ftp://minio                 | is not the URL of one server
            AWS_ENDPOINTS         | https://minio?x=y           | is not the URL of one server
            AWS_ENDPOINTS         | https://u:sEcReT@minio      | has a user in it
            AWS_CERT              | sEcReT                      | does not hold certificates
            AWS_CERT              | -----BEGIN CERTIFICATE----- | block 1 has no end
            AWS_CERT              | -----BEGIN CERTIFICATE-----sEcReT-----END CERTIFICATE----- | block 1 is broken
            AWS_CERT              | -----BEGIN PRIVATE KEY-----sEcReT-----END PRIVATE KEY----- | something else
            AWS_IAM_ROLE_ARN      | my-role                     | is no role
            HTTP_PROXY            | http://                     | is not the URL of one server
            HTTPS_PROXY           | socks5://sEcReT@proxy       | is not the URL of one server
            """)
    void whatIsRefused(String key, String value, String problem) {
        assertThatThrownBy(() -> TargetCredentials.of(Map.of(key, value)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(
                        key.startsWith("AWS_ACCESS") ? "AWS_SECRET" : key.startsWith("AWS_SECRET") ? "AWS_ACCESS" : key)
                .hasMessageNotContaining("sEcReT");
    }

    @ParameterizedTest
    @CsvSource({"'\"quoted\"'", "'two words'", "'ümlaut'"})
    void keysThatNoServerGives(String key) {
        assertThatThrownBy(() -> TargetCredentials.of(Map.of("AWS_ACCESS_KEY_ID", key, "AWS_SECRET_ACCESS_KEY", "s")))
                .hasMessageContaining("AWS_ACCESS_KEY_ID")
                .hasMessageNotContaining(key);
    }

    @Test
    void aRoleIsUsedWithoutKeysOnly() {
        String role = "arn:aws:iam::123456789012:role/drover";
        assertThat(TargetCredentials.of(Map.of("AWS_IAM_ROLE_ARN", role)).role())
                .contains(role);

        TargetCredentials both = TargetCredentials.of(
                Map.of("AWS_IAM_ROLE_ARN", role, "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));
        assertThat(both.role()).isEmpty();
        assertThat(both.warnings()).singleElement().asString().contains("not used");
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() ->
                        TargetCredentials.of(Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_ENDPOINTS", "x", "AWS_CERT", "y")))
                .hasMessageContaining("3 problems");
    }

    static String pem(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(TargetCredentialsTest.class.getResourceAsStream(name + ".pem"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
