package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.snapshotter.testing.NamedS3;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A real server whose buckets are hosts too, with and without TLS. */
@SuppressWarnings("NullAway.Init")
class S3NamedServerTest {
    private static final NamedS3 SERVER = NamedS3.server();

    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = "named-" + UUID.randomUUID();
        SERVER.makeBucket(bucket);
    }

    static Stream<Arguments> ways() {
        return Stream.of(SERVER.http(), SERVER.https())
                .flatMap(endpoint -> Stream.of("true", "false", "").map(style -> Arguments.of(endpoint, style)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theBucketIsAHostOrInThePath(URI endpoint, String virtualHosted) {
        try (TargetFiles target = open(endpoint, Map.of("VIRTUAL_HOSTED_STYLE", virtualHosted))) {
            target.write("backupstore/with space+plus", new byte[100_000]);

            assertThat(target.read("backupstore/with space+plus", 1 << 20)).hasSize(100_000);
            assertThat(target.list("backupstore")).containsExactly(new TargetEntry("with space+plus", false));
            assertThat(SERVER.bucket(bucket).resolve("some/prefix/backupstore/with space+plus"))
                    .hasSize(100_000);
            target.delete("backupstore/with space+plus");
            assertThat(target.find("backupstore/with space+plus")).isEmpty();
        }
    }

    @Test
    void aHostOfTheBucketThatNobodyKnowsIsNamed() {
        // As with a server that is known by its address only.
        try (TargetFiles target = open(
                URI.create("http://s3.invalid:" + SERVER.http().getPort()), Map.of("VIRTUAL_HOSTED_STYLE", "true"))) {
            assertThatThrownBy(() -> target.list("backupstore"))
                    .hasMessageContaining("no name server knows")
                    .hasMessageContaining(bucket + ".s3.invalid")
                    .hasMessageContaining("VIRTUAL_HOSTED_STYLE");
        }
    }

    @Test
    void withoutTheAuthoritysCertificateTheServerIsNotTrusted() throws IOException {
        for (String certificates : new String[] {"", TargetCredentialsTest.pem("one")}) {
            try (TargetFiles target = open(SERVER.https(), Map.of("AWS_CERT", certificates))) {
                assertThatThrownBy(() -> target.write("backupstore/x", new byte[1]))
                        .hasMessageContaining("the certificate of " + SERVER.https())
                        .hasMessageContaining("is not trusted")
                        .hasMessageContaining("AWS_CERT");
                TargetFilesContract.assertCode(ErrorCode.IN_USE, () -> target.list("backupstore"));
            }
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        URI address = URI.create("https://127.0.0.1:" + SERVER.https().getPort());
        try (TargetFiles target = open(address, Map.of())) {
            assertThatThrownBy(() -> target.list("backupstore"))
                    .hasMessageContaining("is for another name; use the name that it was made for");
            TargetFilesContract.assertCode(ErrorCode.IN_USE, () -> target.list("backupstore"));
        }
    }

    @Test
    void valuesThatEndInANewlineWorkWithAWarningForEach() {
        Map<String, String> secret = new HashMap<>();
        SERVER.secret(SERVER.https()).forEach((key, value) -> secret.put(key, value + "\n"));
        secret.put("AWS_CERT", SERVER.authority() + "\n");
        secret.put("VIRTUAL_HOSTED_STYLE", "true\r\n");

        try (TargetFiles target = S3Targets.open("s3://" + bucket + "@us-east-1/", secret)) {
            target.write("backupstore/x", new byte[] {1});
            assertThat(target.find("backupstore/x")).isPresent();
        }
        assertThat(TargetCredentials.of(secret).warnings())
                .hasSize(4)
                .allMatch(warning -> warning.contains("ends in a newline, which is left out"))
                .noneMatch(warning -> warning.contains(
                        secret.getOrDefault("AWS_SECRET_ACCESS_KEY", "").strip()));
    }

    private TargetFiles open(URI endpoint, Map<String, String> changes) {
        Map<String, String> secret = new HashMap<>(SERVER.secret(endpoint));
        secret.put("AWS_CERT", SERVER.authority());
        secret.putAll(changes);
        return S3Targets.open("s3://" + bucket + "@us-east-1/some/prefix/", secret);
    }
}
