package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.testing.Fault;
import io.drover.snapshotter.testing.FaultPlan;
import io.drover.snapshotter.testing.FaultProxy;
import io.drover.snapshotter.testing.SharedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server, or something on the way to it, may do wrong: it is tried again, or said clearly, and never taken for an absence. */
@SuppressWarnings("NullAway.Init")
class S3FaultTest {
    private static final String FILE = "backupstore/volumes/aa/bb/pvc-1/volume.cfg";

    private String bucket;
    private FaultProxy proxy;
    private TargetFiles target;

    @BeforeEach
    void open() throws IOException {
        bucket = SharedS3.newBucket();
        proxy = FaultProxy.before(SharedS3.server().endpoint());
        target = S3Targets.open(
                SharedS3.server().url(bucket, ""),
                S3Targets.at(proxy.endpoint(), SharedS3.server().credentials()));
        target.write(FILE, content());
    }

    @AfterEach
    void close() throws IOException {
        target.close();
        proxy.close();
    }

    static Stream<Fault> passing() {
        return Stream.of(
                Fault.INTERNAL_ERROR,
                Fault.SLOW_DOWN,
                new Fault.Answer(502, "", ""),
                new Fault.Answer(429, "TooManyRequests", "slow"),
                new Fault.Page(503, "<html>busy</html>"),
                new Fault.Reset(),
                new Fault.ResetAfter(),
                new Fault.Silence());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatPassesIsTriedAgain(Fault fault) throws IOException {
        proxy.plan(FaultPlan.first(1, _ -> true, fault));
        assertThat(target.read(FILE, 1 << 20)).isEqualTo(content());
        proxy.plan(FaultPlan.first(1, _ -> true, fault));
        assertThat(target.find(FILE)).isPresent();
        proxy.plan(FaultPlan.first(1, _ -> true, fault));
        assertThat(target.list("backupstore")).hasSize(1);
        proxy.plan(FaultPlan.first(1, _ -> true, fault));
        target.write("backupstore/new", content());
        assertThat(stored("backupstore/new")).isEqualTo(content());
        proxy.plan(FaultPlan.first(1, _ -> true, fault));
        target.delete("backupstore/new");
        assertThat(target.find("backupstore/new")).isEmpty();
    }

    @Test
    void aByteThatChangesOnTheWayIsNoticedByTheServersChecksum() {
        proxy.plan(FaultPlan.first(2, _ -> true, new Fault.Change()));
        assertThat(target.read(FILE, 1 << 20)).isNotEqualTo(content()); // this is what it is for
        assertThat(target.readSurely(FILE, 1 << 20)).isEqualTo(content());
        assertThat(proxy.seen()).hasSize(3);

        proxy.plan(FaultPlan.NONE);
        assertThat(target.readSurely(FILE, 1 << 20)).isEqualTo(content());
        assertThat(proxy.seen()).hasSize(1);
    }

    @Test
    void withoutSuchAChecksumTwoAnswersMustAgree() {
        // A marked byte in each of the first ones, never in the same place.
        proxy.plan(
                request -> request.index() < 3 ? Optional.of(new Fault.ChangeAt(request.index())) : Optional.empty());
        assertThat(target.readSurely(FILE, 1 << 20)).isEqualTo(content());

        proxy.plan(FaultPlan.always(_ -> true, new Fault.WithoutTag()));
        assertThat(target.readSurely(FILE, 1 << 20)).isEqualTo(content());
        assertThat(proxy.seen()).hasSize(2);

        proxy.plan(request -> Optional.of(new Fault.ChangeAt(request.index())));
        assertThatThrownBy(() -> target.readSurely(FILE, 1 << 20))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("read differently");
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whatDoesNotPassIsUnavailableAndNeverAbsent(Fault fault) {
        if (fault instanceof Fault.Silence) {
            return; // Takes all its attempts in full; the one test above shows that it ends.
        }
        proxy.plan(FaultPlan.always(_ -> true, fault));

        assertAll(ErrorCode.UNAVAILABLE);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(403, "AccessDenied", "no permission; allow s3:"),
                Arguments.of(403, "InvalidAccessKeyId", "AWS_ACCESS_KEY_ID"),
                Arguments.of(403, "SignatureDoesNotMatch", "AWS_SECRET_ACCESS_KEY"),
                Arguments.of(403, "RequestTimeTooSkewed", "clocks differ"),
                Arguments.of(400, "ExpiredToken", "expired"),
                Arguments.of(404, "NoSuchBucket", "does not exist at"),
                Arguments.of(404, "", "is 127.0.0.1"),
                Arguments.of(301, "PermanentRedirect", "write the bucket's region into the URL"),
                Arguments.of(400, "AuthorizationHeaderMalformed", "@eu-west-1/"),
                Arguments.of(400, "InvalidBucketName", "no name of a bucket"),
                Arguments.of(405, "MethodNotAllowed", "does not offer this"),
                Arguments.of(501, "NotImplemented", "does not offer this"),
                Arguments.of(400, "InvalidRequest", "refuses the request"),
                Arguments.of(401, "Unauthorized", "no permission"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatSomebodyHasToChangeIsSaidInTheServersWords(int status, String code, String remedy) {
        proxy.plan(FaultPlan.always(
                _ -> true,
                new Fault.Answer(status, code, "the server's own words; expecting 'eu-west-1'"))); // as Amazon's

        String region = code.equals("PermanentRedirect") ? "@eu-west-1/" : remedy;
        for (Runnable call : calls()) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(region)
                    .hasMessageContaining("the server's own words")
                    .hasMessageContaining(code);
        }
        assertAll(ErrorCode.IN_USE);
    }

    @Test
    void aFullServerIsNoSpace() {
        proxy.plan(FaultPlan.always(_ -> true, new Fault.Answer(403, "QuotaExceeded", "full")));

        TargetFilesContract.assertCode(ErrorCode.NO_SPACE, () -> target.write("backupstore/x", content()));
    }

    @Test
    void eachActionNamesItsPermission() {
        proxy.plan(FaultPlan.always(_ -> true, Fault.FORBIDDEN));

        assertThatThrownBy(() -> target.find(FILE)).hasMessageContaining("s3:GetObject, and s3:ListBucket");
        assertThatThrownBy(() -> target.read(FILE, 10)).hasMessageContaining("s3:GetObject");
        assertThatThrownBy(() -> target.list("backupstore")).hasMessageContaining("s3:ListBucket");
        assertThatThrownBy(() -> target.write("backupstore/x", content())).hasMessageContaining("s3:PutObject");
        assertThatThrownBy(() -> target.delete(FILE)).hasMessageContaining("s3:DeleteObject");
    }

    @Test
    void aFalse404OnHeadIsNotBelieved() {
        proxy.plan(FaultPlan.always(request -> request.method().equals("HEAD"), Fault.NOT_FOUND));

        assertThat(target.find(FILE).orElseThrow().size()).isEqualTo(content().length);
        assertThat(target.find("backupstore/none")).isEmpty();
    }

    @Test
    void aRefusedHeadIsNoAbsenceEither() {
        proxy.plan(FaultPlan.always(request -> request.method().equals("HEAD"), Fault.FORBIDDEN));

        assertThat(target.find(FILE).orElseThrow().size()).isEqualTo(content().length);
    }

    @Test
    void aPageOfAPortalIsNoListingAndNoAbsence() {
        for (int status : new int[] {200, 404}) {
            proxy.plan(FaultPlan.always(_ -> true, new Fault.Page(status, "<html><body>Please log in</body></html>")));

            assertThatThrownBy(() -> target.list("backupstore")).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> target.walk("backupstore", _ -> {})).isInstanceOf(StorageException.class);
            if (status == 404) {
                assertThatThrownBy(() -> target.find(FILE)).hasMessageContaining("S3 server");
                assertThatThrownBy(() -> target.read(FILE, 1 << 20)).hasMessageContaining("S3 server");
                assertThatThrownBy(() -> target.delete(FILE)).isInstanceOf(StorageException.class);
            }
        }
    }

    @Test
    void aBodyThatBreaksOffIsReadAgain() {
        proxy.plan(FaultPlan.first(2, request -> request.method().equals("GET"), new Fault.Truncate()));

        assertThat(target.read(FILE, 1 << 20)).isEqualTo(content());
        proxy.plan(FaultPlan.first(2, FaultPlan.Request::isListing, new Fault.Truncate()));
        assertThat(target.list("backupstore")).hasSize(1);
    }

    @Test
    void aBodyThatAlwaysBreaksOffIsUnavailable() {
        proxy.plan(FaultPlan.always(request -> request.method().equals("GET"), new Fault.Truncate()));

        TargetFilesContract.assertCode(ErrorCode.UNAVAILABLE, () -> target.read(FILE, 1 << 20));
        TargetFilesContract.assertCode(ErrorCode.UNAVAILABLE, () -> target.list("backupstore"));
    }

    @Test
    void changedBytesReachTheCallerWhoseChecksumsFindThem() {
        proxy.plan(FaultPlan.always(_ -> true, new Fault.Change()));

        assertThat(target.read(FILE, 1 << 20)).hasSameSizeAs(content()).isNotEqualTo(content());
    }

    @Test
    void aFaultInTheMiddleOfAListingIsRepaired() {
        for (int i = 0; i < 5; i++) {
            target.write("backupstore/l/" + i, content());
        }
        for (int index = 0; index < 2; index++) {
            proxy.plan(FaultPlan.at(index, Fault.SLOW_DOWN));
            List<String> walked = new ArrayList<>();
            target.walk("backupstore/l", file -> walked.add(file.path()));
            assertThat(walked).hasSize(5);
        }
    }

    @Test
    void aWriteIsTriedTenTimesAndAReadFive() {
        proxy.plan(FaultPlan.always(_ -> true, Fault.SLOW_DOWN));
        assertThatThrownBy(() -> target.write("backupstore/x", content())).isInstanceOf(StorageException.class);
        assertThat(proxy.seen()).hasSize(10);

        proxy.plan(FaultPlan.always(_ -> true, Fault.SLOW_DOWN));
        assertThatThrownBy(() -> target.read(FILE, 1 << 20)).isInstanceOf(StorageException.class);
        assertThat(proxy.seen()).hasSize(5);
    }

    @Test
    void manyFailuresDoNotMakeLaterCallsGiveUpEarly() {
        proxy.plan(FaultPlan.always(_ -> true, Fault.SLOW_DOWN));
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> target.read(FILE, 1 << 20)).isInstanceOf(StorageException.class);
        }
        proxy.plan(FaultPlan.first(4, _ -> true, Fault.SLOW_DOWN));

        assertThat(target.read(FILE, 1 << 20)).isEqualTo(content());
    }

    private List<Runnable> calls() {
        return Arrays.asList(
                () -> target.find(FILE),
                () -> target.find("backupstore/none"),
                () -> target.read(FILE, 1 << 20),
                () -> target.list("backupstore"),
                () -> target.walk("backupstore", _ -> {}),
                () -> target.write("backupstore/x", content()),
                () -> target.delete(FILE));
    }

    private void assertAll(ErrorCode code) {
        for (Runnable call : calls()) {
            TargetFilesContract.assertCode(code, call::run);
        }
    }

    private byte[] stored(String path) throws IOException {
        return Files.readAllBytes(SharedS3.server().bucket(bucket).resolve(path));
    }

    private static byte[] content() {
        return TargetFilesContract.bytes(40_000);
    }
}
