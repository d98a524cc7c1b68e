package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.testing.SharedS3;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class S3ConnectionsTest {
    private static final TargetAddress.S3 ADDRESS = (TargetAddress.S3) TargetAddress.parse("s3://bucket@us-east-1/");
    private static final TargetAddress.S3 OTHER = (TargetAddress.S3) TargetAddress.parse("s3://other@us-east-1/");

    /** Each pause lasts until the test lets it end. */
    private final SynchronousQueue<Duration> pauses = new SynchronousQueue<>();

    private final Semaphore begun = new Semaphore(0);

    private final S3Connections connections = new S3Connections(Map.of(), S3Targets.QUICK, this::pause);

    private void pause(Duration duration) {
        try {
            begun.release();
            pauses.put(duration);
        } catch (InterruptedException e) {
            throw new StorageException(ErrorCode.TIMEOUT, "interrupted", e);
        }
    }

    private void passIdleTime() throws InterruptedException {
        assertThat(pauses.poll(20, TimeUnit.SECONDS)).isEqualTo(Duration.ofMinutes(5));
    }

    private static TargetCredentials credentials(String secret) {
        return TargetCredentials.of(Map.of(
                "AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", secret, "AWS_ENDPOINTS", "http://127.0.0.1:1"));
    }

    private S3Connections.Lease lease(String secret) {
        return connections.lease(ADDRESS, credentials(secret));
    }

    private static void assertClosed(S3Connection connection) {
        assertThatThrownBy(() -> connection.reads().listBuckets())
                .isInstanceOfAny(IllegalStateException.class, RejectedExecutionException.class);
    }

    @AfterEach
    void close() {
        connections.close();
    }

    @Test
    void theSameTargetAndCredentialsShareOne() {
        try (var first = lease("a");
                var second = lease("a");
                var elsewhere = connections.lease(OTHER, credentials("a"))) {
            assertThat(second.connection()).isSameAs(first.connection());
            assertThat(elsewhere.connection()).isNotSameAs(first.connection());
        }
        try (var again = lease("a")) {
            assertThat(again.connection()).isNotNull();
            assertThat(connections.open()).isEqualTo(2);
        }
    }

    @Test
    void oneThatNobodyUsesIsClosedAfterAWhile() throws InterruptedException {
        S3Connection connection;
        try (var lease = lease("a")) {
            connection = lease.connection();
        }
        assertThat(connections.open()).isEqualTo(1);

        passIdleTime();

        Awaitility.await().until(() -> connections.open() == 0);
        assertClosed(connection);
    }

    @Test
    void oneThatWasUsedMeanwhileStaysForAnotherWhile() throws InterruptedException {
        lease("a").close();
        begun.acquire();
        lease("a").close();
        lease("a").close();

        passIdleTime(); // sees the uses after the first
        assertThat(connections.open()).isEqualTo(1);
        passIdleTime();

        Awaitility.await().until(() -> connections.open() == 0);
    }

    @Test
    void oneThatIsInUseIsNotClosedHoweverLong() throws InterruptedException {
        lease("a").close();
        begun.acquire();
        try (var used = lease("a")) {
            passIdleTime();
            assertThat(pauses.poll(200, TimeUnit.MILLISECONDS)).isNull();
            assertThat(connections.open()).isEqualTo(1);
            assertThat(used.connection()).isNotNull();
        }
        passIdleTime();
        Awaitility.await().until(() -> connections.open() == 0);
    }

    @Test
    void newCredentialsReplaceAnUnusedOneAtOnce() {
        S3Connection old;
        try (var lease = lease("old")) {
            old = lease.connection();
        }

        try (var lease = lease("new")) {
            assertThat(lease.connection()).isNotSameAs(old);
            assertThat(connections.open()).isEqualTo(1);
        }
        assertClosed(old);
    }

    @Test
    void newCredentialsLeaveOneInUseToItsUsers() {
        S3Connection old;
        try (var using = lease("old")) {
            old = using.connection();
            try (var renewed = lease("new")) {
                assertThat(renewed.connection()).isNotSameAs(old);
            }
            assertThat(connections.open()).isEqualTo(2);
        }
        assertThat(connections.open()).isEqualTo(1);
        assertClosed(old);
    }

    @Test
    void aShareIsGivenBackOnce() {
        var first = lease("old");
        var second = lease("old");
        lease("new").close();

        first.close();
        first.close();

        assertThat(connections.open()).isEqualTo(2);
        second.close();
        assertThat(connections.open()).isEqualTo(1);
    }

    @Test
    void atTheEndAllAreClosedThoseInUseAfterTheirUse() {
        S3Connection unused;
        try (var lease = lease("a")) {
            unused = lease.connection();
        }
        var used = connections.lease(OTHER, credentials("a"));

        connections.close();

        assertClosed(unused);
        assertThat(connections.open()).isEqualTo(1);
        used.close();
        assertThat(connections.open()).isZero();
        assertClosed(used.connection());
    }

    @Test
    void eachTargetCountsItsOwnRequests() {
        String bucket = SharedS3.newBucket();
        try (TargetOpener opener = new TargetOpener(
                        NfsMounts.NONE, Map.of(), S3Targets.QUICK, Clock.systemUTC(), this::pause, System::nanoTime);
                TargetFiles busy = open(opener, bucket);
                TargetFiles idle = open(opener, bucket)) {
            busy.write("backupstore/x", new byte[1]);
            busy.list("backupstore");
            assertThat(busy.read("backupstore/x", 1)).hasSize(1);

            assertThat(busy.requests()).isEqualTo(3);
            assertThat(idle.requests()).isZero();
        }
    }

    private static TargetFiles open(TargetOpener opener, String bucket) {
        return opener.open(
                TargetAddress.parse(SharedS3.server().url(bucket, "")),
                TargetCredentials.of(SharedS3.server().credentials()));
    }
}
