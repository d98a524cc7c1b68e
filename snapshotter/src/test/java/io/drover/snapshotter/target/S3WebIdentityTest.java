package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.snapshotter.testing.NamedS3;
import io.drover.snapshotter.testing.TrialSts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code AWS_IAM_ROLE_ARN} without keys: a token of the host's is changed for keys, with which a real S3 server is used. */
@SuppressWarnings("NullAway.Init")
class S3WebIdentityTest {
    private static final NamedS3 SERVER = NamedS3.server();
    private static final String ROLE = "arn:aws:iam::123456789012:role/drover";

    @TempDir
    private Path folder;

    private TrialSts sts;
    private Map<String, String> environment;
    private String bucket;

    @BeforeEach
    void start() throws IOException {
        start(Instant.now().plusSeconds(3600));
    }

    private void start(Instant expiration) throws IOException {
        Map<String, String> keys = SERVER.secret(SERVER.http());
        sts = TrialSts.start(
                keys.getOrDefault("AWS_ACCESS_KEY_ID", ""),
                keys.getOrDefault("AWS_SECRET_ACCESS_KEY", ""),
                "token-of-the-pod",
                expiration);
        token("token-of-the-pod");
        environment = new HashMap<>(Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE", tokenFile().toString(),
                "AWS_ENDPOINT_URL_STS", sts.endpoint().toString()));
        bucket = "identity-" + UUID.randomUUID();
        SERVER.makeBucket(bucket);
    }

    @AfterEach
    void stop() {
        sts.close();
    }

    private Path tokenFile() {
        return folder.resolve("token");
    }

    private void token(String text) throws IOException {
        Files.writeString(tokenFile(), text);
    }

    private TargetOpener opener() {
        return S3Targets.opener(S3Targets.QUICK, environment);
    }

    private TargetFiles open(TargetOpener opener) {
        return opener.open(
                TargetAddress.parse("s3://" + bucket + "@us-east-1/"),
                TargetCredentials.of(Map.of(
                        "AWS_IAM_ROLE_ARN", ROLE, "AWS_ENDPOINTS", SERVER.http().toString())));
    }

    @Test
    void theTokenIsChangedForKeys() {
        try (TargetOpener opener = opener();
                TargetFiles target = open(opener)) {
            target.write("backupstore/x", new byte[] {7});

            assertThat(target.read("backupstore/x", 10)).containsExactly(7);
        }
        assertThat(sts.seen())
                .singleElement()
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("Action", "AssumeRoleWithWebIdentity")
                        .containsEntry("RoleArn", ROLE)
                        .containsEntry("RoleSessionName", "drover")
                        .containsEntry("WebIdentityToken", "token-of-the-pod"));
    }

    @Test
    void keysAreAskedForOncePerTargetAndNotPerOpening() {
        try (TargetOpener opener = opener()) {
            for (int i = 0; i < 3; i++) {
                try (TargetFiles target = open(opener)) {
                    assertThat(target.list("backupstore")).isEmpty();
                }
            }
        }
        assertThat(sts.seen()).hasSize(1);
    }

    @Test
    void aTokenThatWasRenewedIsReadAgain() throws IOException {
        sts.close();
        start(Instant.now().plusSeconds(5)); // keys that are about to expire are not used again
        try (TargetOpener opener = opener();
                TargetFiles target = open(opener)) {
            assertThat(target.list("backupstore")).isEmpty();
            token("the-next-token");
            sts.accept("the-next-token");

            assertThat(target.list("backupstore")).isEmpty();
        }
        assertThat(sts.seen())
                .extracting(fields -> fields.get("WebIdentityToken"))
                .contains("token-of-the-pod")
                .endsWith("the-next-token");
    }

    @Test
    void aRefusalIsSaidInTheServicesWords() throws IOException {
        token("of-another-cluster");
        try (TargetOpener opener = opener();
                TargetFiles target = open(opener)) {
            assertThatThrownBy(() -> target.list("backupstore"))
                    .hasMessageContaining("AWS_IAM_ROLE_ARN")
                    .hasMessageContaining("the token is not of this issuer")
                    .hasMessageNotContaining("of-another-cluster");
            TargetFilesContract.assertCode(ErrorCode.IN_USE, () -> target.write("backupstore/x", new byte[1]));
        }
    }

    @Test
    void aMissingTokenIsNamed() throws IOException {
        Files.delete(tokenFile());
        try (TargetOpener opener = opener();
                TargetFiles target = open(opener)) {
            assertThatThrownBy(() -> target.list("backupstore"))
                    .hasMessageContaining(tokenFile().toString());
            TargetFilesContract.assertCode(ErrorCode.IN_USE, () -> target.list("backupstore"));
        }
    }

    @Test
    void aServiceThatIsNotThereIsUnavailable() {
        sts.close();
        try (TargetOpener opener = opener();
                TargetFiles target = open(opener)) {
            assertThatThrownBy(() -> target.list("backupstore"))
                    .hasMessageContaining(sts.endpoint().getAuthority());
            TargetFilesContract.assertCode(ErrorCode.UNAVAILABLE, () -> target.list("backupstore"));
        }
    }

    @Test
    void anAddressOfTheServiceThatIsNoneIsRefused() {
        environment.put("AWS_ENDPOINT_URL_STS", "sts.example.org");
        try (TargetOpener opener = opener()) {
            assertThatThrownBy(() -> open(opener)).hasMessageContaining("AWS_ENDPOINT_URL_STS");
            TargetFilesContract.assertCode(ErrorCode.INVALID, () -> open(opener));
        }
    }
}
