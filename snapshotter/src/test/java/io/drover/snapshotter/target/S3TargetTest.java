package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.testing.SharedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server. */
@SuppressWarnings("NullAway.Init")
class S3TargetTest extends TargetFilesContract {
    private static final S3Timing PATIENT = new S3Timing(
            5,
            10,
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            64);

    private String bucket;
    private TargetFiles target;

    @BeforeEach
    void open() {
        bucket = SharedS3.newBucket();
        target = S3Targets.open(
                SharedS3.server().url(bucket, "some/prefix/"), SharedS3.server().credentials(), PATIENT);
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Override
    TargetFiles files() {
        return target;
    }

    @Test
    void keysBeginWithThePathAndNeverWithASlash() {
        target.write("backupstore/volumes/x", bytes(3));

        assertThat(SharedS3.server().bucket(bucket).resolve("some/prefix/backupstore/volumes/x"))
                .isRegularFile();
    }

    @Test
    void aTargetAtTheTopOfTheBucket() {
        try (TargetFiles top =
                S3Targets.open("s3://" + bucket, SharedS3.server().credentials(), PATIENT)) {
            top.write("backupstore/x", bytes(3));

            assertThat(SharedS3.server().bucket(bucket).resolve("backupstore/x"))
                    .isRegularFile();
            assertThat(top.list("")).containsExactly(new TargetEntry("backupstore", true));
            assertThat(top.list("backupstore")).containsExactly(new TargetEntry("x", false));
        }
    }

    @Test
    void theObjectIsTheContentAndNothingElse() throws IOException {
        // No aws-chunked framing, no trailers.
        target.write("backupstore/x", bytes(100_000));

        assertThat(Files.readAllBytes(SharedS3.server().bucket(bucket).resolve("some/prefix/backupstore/x")))
                .isEqualTo(bytes(100_000));
    }

    @Test
    void aMissingBucketIsNoAbsence() {
        try (TargetFiles other = S3Targets.open(
                "s3://no-such-bucket@us-east-1/", SharedS3.server().credentials())) {
            for (var call : new ThrowingCallable[] {
                () -> other.find("backupstore/x"),
                () -> other.read("backupstore/x", 10),
                () -> other.list("backupstore"),
                () -> other.walk("backupstore", _ -> {}),
                () -> other.write("backupstore/x", bytes(1))
            }) {
                assertThatThrownBy(call)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("the bucket no-such-bucket does not exist")
                        .hasMessageContaining("NoSuchBucket");
                assertCode(ErrorCode.IN_USE, call);
            }
        }
    }

    @Test
    void aWrongKeyIsNamed() {
        try (TargetFiles other = S3Targets.open(
                "s3://" + bucket,
                S3Targets.with(SharedS3.server().credentials(), "AWS_ACCESS_KEY_ID", "somebody-else"))) {
            assertThatThrownBy(() -> other.list("backupstore")).hasMessageContaining("AWS_ACCESS_KEY_ID");
            assertThatThrownBy(() -> other.find("backupstore/x")).hasMessageContaining("AWS_ACCESS_KEY_ID");
        }
    }

    @Test
    void aWrongSecretIsNamedAndNotShown() {
        try (TargetFiles other = S3Targets.open(
                "s3://" + bucket,
                S3Targets.with(SharedS3.server().credentials(), "AWS_SECRET_ACCESS_KEY", "wrong-secret-key"))) {
            assertThatThrownBy(() -> other.write("backupstore/x", bytes(1)))
                    .hasMessageContaining("AWS_SECRET_ACCESS_KEY")
                    .hasMessageNotContaining("wrong-secret-key");
            assertThatThrownBy(() -> other.find("backupstore/x")).hasMessageContaining("AWS_SECRET_ACCESS_KEY");
        }
    }

    @Test
    void aSecretWithANewlineWorks() {
        try (TargetFiles other = S3Targets.open(
                "s3://" + bucket,
                S3Targets.with(SharedS3.server().credentials(), "AWS_SECRET_ACCESS_KEY", SharedS3.SECRET + "\n"))) {
            other.write("backupstore/x", bytes(1));
            assertThat(other.find("backupstore/x")).isPresent();
        }
    }

    @Test
    void nobodyAtThePort() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (TargetFiles other = S3Targets.open(
                "s3://" + bucket,
                S3Targets.with(SharedS3.server().credentials(), "AWS_ENDPOINTS", "http://127.0.0.1:" + port))) {
            assertThatThrownBy(() -> other.find("backupstore/x")).hasMessageContaining("cannot be reached");
            assertCode(ErrorCode.UNAVAILABLE, () -> other.list("backupstore"));
        }
    }

    @Test
    void aServerWithoutTls() {
        try (TargetFiles other = S3Targets.open(
                "s3://" + bucket,
                S3Targets.with(
                        SharedS3.server().credentials(),
                        "AWS_ENDPOINTS",
                        SharedS3.server().endpoint().toString().replace("http:", "https:")))) {
            assertThatThrownBy(() -> other.list("backupstore")).hasMessageContaining("does not speak TLS");
        }
    }

    @Test
    void aHostThatNobodyKnows() {
        try (TargetFiles other = S3Targets.open(
                "s3://" + bucket,
                S3Targets.with(SharedS3.server().credentials(), "AWS_ENDPOINTS", "http://no-such-host.invalid:9000"))) {
            assertThatThrownBy(() -> other.list("backupstore")).hasMessageContaining("no name server knows");
        }
    }

    @Test
    void theProbeTakesAllStepsAndLeavesNothing() {
        TargetProbe probe = new TargetProbe(() -> "probe-1", System::nanoTime);

        var steps = probe.test(() -> S3Targets.open(
                SharedS3.server().url(bucket, ""), SharedS3.server().credentials()));

        assertThat(steps)
                .extracting(TargetProbe.Step::name)
                .containsExactly("connect", "write", "read", "list", "delete");
        assertThat(steps).allMatch(TargetProbe.Step::worked);
        assertThat(target.list("backupstore")).isEmpty();
    }

    @Test
    void theProbeTellsWhatFailed() {
        TargetProbe probe = new TargetProbe(() -> "probe-1", System::nanoTime);

        var steps = probe.test(
                () -> S3Targets.open("s3://no-such-bucket", SharedS3.server().credentials()));

        assertThat(steps.getFirst().problem()).contains("no-such-bucket does not exist");
        assertThat(steps.get(1).problem()).isEqualTo("not tried, since connect failed");
        assertThat(steps)
                .extracting(TargetProbe.Step::name)
                .containsExactly("connect", "write", "read", "list", "delete");
    }

    @Test
    void credentialsAreNeverInTexts() {
        Map<String, String> secret = SharedS3.server().credentials();
        assertThat(TargetCredentials.of(secret).toString()).doesNotContain(SharedS3.SECRET);
        assertThat(target.description()).doesNotContain(SharedS3.SECRET);
    }
}
