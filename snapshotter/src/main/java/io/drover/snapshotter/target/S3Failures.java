package io.drover.snapshotter.target;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says what an S3 server, or the way to it, means, and what the user can do. UNAVAILABLE is what may pass by itself; IN_USE is what
 * somebody has to change.
 */
final class S3Failures {
    private static final int SHOWN = 300;
    private static final Pattern EXPECTED_REGION = Pattern.compile("expecting '([a-z0-9-]+)'");
    private static final Set<String> BROKEN =
            Set.of("ConnectionClosedException", "XMLStreamException", "TruncatedChunkException", "EOFException");
    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", "XMinioAdminBucketQuotaExceeded");
    private static final Set<String> CLOCK =
            Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture", "XAmzDateTooOld");
    private static final Set<String> TOKEN = Set.of(
            "ExpiredToken", "ExpiredTokenException", "InvalidToken", "InvalidIdentityToken", "TokenRefreshRequired");
    private static final Set<String> REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "Redirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "IncorrectEndpoint");

    private final TargetAddress.S3 address;
    private final URI server;
    private final String region;

    S3Failures(TargetAddress.S3 address, URI server, String region) {
        this.address = address;
        this.server = server;
        this.region = region;
    }

    /** Whether the server says that exactly this object does not exist. A bare 404 may mean the bucket, or come from something else. */
    static boolean saysNoSuchKey(SdkException e) {
        return e instanceof S3Exception s3 && s3.statusCode() == 404 && code(s3).equals("NoSuchKey");
    }

    /** Whether the answer had begun, and the connection failed then, or what came is no XML to its end. */
    static boolean brokeOff(SdkException e) {
        return !(e instanceof AwsServiceException)
                && !(e instanceof AbortedException)
                && !(e instanceof ApiCallTimeoutException)
                && (mentions(e, "unmarshall")
                        || chain(e).anyMatch(cause ->
                                BROKEN.contains(cause.getClass().getSimpleName())));
    }

    /** What an exception says, short and on one line. */
    static String words(Throwable e) {
        String message = e.getMessage();
        String text = (message == null || message.isBlank() ? e.getClass().getSimpleName() : message)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    /** The error to throw. */
    StorageException of(S3Action action, String path, SdkException e) {
        Diagnosis diagnosis = e instanceof AwsServiceException answer ? ofAnswer(action, answer) : ofWay(e);
        String object = path.isEmpty() ? "" : path + " of ";
        return new StorageException(
                diagnosis.code(),
                "cannot " + action.verb() + " " + object + address.url() + ": " + diagnosis.problem(),
                e);
    }

    private Diagnosis ofAnswer(S3Action action, AwsServiceException e) {
        String code = code(e);
        int status = e.statusCode();
        String said = said(e);
        if (!(e instanceof S3Exception)) {
            return passing(status)
                    ? unavailable("the service that gives out credentials does not work now" + said)
                    : change(
                            "the service that gives out credentials refuses; check AWS_IAM_ROLE_ARN, the role's trust in this"
                                    + " cluster, and the token" + said);
        }
        if (code.equals("NoSuchBucket")) {
            return change("the bucket " + address.bucket() + " does not exist at " + server.getAuthority()
                    + "; make it, or correct the URL" + said);
        }
        if (code.equals("InvalidBucketName")) {
            return change(address.bucket() + " is no name of a bucket for this server; correct the URL" + said);
        }
        if (REGION.contains(code) || status == 301 || status == 307) {
            return wrongRegion(e, said);
        }
        if (code.equals("InvalidAccessKeyId")) {
            return change("the server does not know the access key; check AWS_ACCESS_KEY_ID" + said);
        }
        if (code.equals("SignatureDoesNotMatch")) {
            return change(
                    "the signature is wrong; check AWS_SECRET_ACCESS_KEY, and that nothing between here and the server changes"
                            + " requests" + said);
        }
        if (CLOCK.contains(code)) {
            return change(
                    "the clocks differ too much; set the clock of this host, or of the server, right (NTP)" + said);
        }
        if (TOKEN.contains(code)) {
            return change("the credentials have expired or are not valid; renew them" + said);
        }
        if (FULL.contains(code) || status == 507) {
            return new Diagnosis(ErrorCode.NO_SPACE, "the server has no room; make some, or raise the quota" + said);
        }
        if (code.equals("InvalidObjectState")) {
            return change("the object lies in an archive; restore it there first, and exempt the store from archiving"
                    + said);
        }
        if (status == 407) {
            return change("the proxy wants a user; write http://user:password@host:port into HTTP_PROXY or HTTPS_PROXY"
                    + said);
        }
        if (passing(status) || e.isThrottlingException() || e.retryable()) {
            return unavailable("the server cannot answer now" + said);
        }
        if (status == 401 || status == 403) {
            return change("no permission; allow " + action.permission() + ", on the bucket " + address.bucket()
                    + " and what is in it" + said);
        }
        if (status == 404) {
            return change("something was not found, without a word whether it was the object; is "
                    + server.getAuthority() + " an S3 server, and the path in AWS_ENDPOINTS right?" + said);
        }
        if (status == 405 || status == 501) {
            return change("the server does not offer this; is it an S3 server?" + said);
        }
        return change("the server refuses the request" + said);
    }

    private Diagnosis wrongRegion(AwsServiceException e, String said) {
        Matcher expecting = EXPECTED_REGION.matcher(String.valueOf(e.getMessage()));
        Optional<String> right = Optional.ofNullable(e.awsErrorDetails())
                .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .or(() -> expecting.find() ? Optional.of(expecting.group(1)) : Optional.empty());
        String remedy = right.map(name -> "write s3://" + address.bucket() + "@" + name + "/… as the target's URL")
                .orElse("write the bucket's region into the URL, s3://" + address.bucket() + "@<region>/…");
        return change("the bucket does not belong to the region " + region + ", or to this server; " + remedy + said);
    }

    /** What went wrong before there was an answer. */
    private Diagnosis ofWay(SdkException e) {
        if (Thread.currentThread().isInterrupted() || e instanceof AbortedException) {
            return new Diagnosis(ErrorCode.TIMEOUT, "interrupted; the same call continues the work");
        }
        String where = server.getScheme() + "://" + server.getAuthority();
        if (has(e, CertPathValidatorException.class)
                || has(e, CertificateException.class)
                || mentions(e, "PKIX path")) {
            boolean name = mentions(e, "No subject alternative") || mentions(e, "No name matching");
            return change(
                    name
                            ? "the certificate of " + where
                                    + " is for another name; use the name that it was made for: " + deepest(e)
                            : "the certificate of " + where
                                    + " is not trusted; give the certificate of its authority by AWS_CERT: "
                                    + deepest(e));
        }
        if (has(e, SSLPeerUnverifiedException.class)) {
            return change("the certificate of " + where + " is for another name; use the name that it was made for: "
                    + deepest(e));
        }
        if (mentions(e, "Unsupported or unrecognized SSL message") || mentions(e, "plaintext connection")) {
            return change(where
                    + " does not speak TLS; write http:// in AWS_ENDPOINTS, or let the server have a certificate");
        }
        if (has(e, SSLException.class)) {
            return unavailable("the TLS connection to " + where + " fails: " + deepest(e));
        }
        if (has(e, UnknownHostException.class)) {
            String host = deepest(e);
            boolean ofBucket = host.startsWith(address.bucket() + ".");
            return unavailable("no name server knows the host of " + where
                    + " (or of the proxy); check AWS_ENDPOINTS and the region"
                    + (ofBucket ? ", or set VIRTUAL_HOSTED_STYLE to false for a server without hosts for buckets" : "")
                    + ": " + host);
        }
        if (mentions(e, "Unable to load credentials")
                || mentions(e, "Unable to load a web identity")
                || mentions(e, "Web Identity Token")) {
            return change(
                    "there are no credentials; give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role to this host: "
                            + words(e));
        }
        if (has(e, NoRouteToHostException.class) || has(e, ConnectException.class)) {
            return unavailable(where + " cannot be reached; is the server up, the address right, and a proxy needed? "
                    + deepest(e));
        }
        if (has(e, SocketTimeoutException.class)
                || e instanceof ApiCallAttemptTimeoutException
                || e instanceof ApiCallTimeoutException
                || chain(e).anyMatch(cause -> cause.getClass().getSimpleName().contains("Timeout"))) {
            return unavailable(where + " does not answer in time: " + deepest(e));
        }
        if (has(e, IOException.class)) {
            return unavailable(
                    "the connection to " + where + " fails; is it an S3 server (https or http right)? " + deepest(e));
        }
        return change("the request cannot be made: " + words(e));
    }

    /** Whether a status is one that may pass by itself. */
    static boolean passing(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500 && status != 501 && status != 507;
    }

    /** The server's own words, at the end of a message. */
    private static String said(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String message = details == null || details.errorMessage() == null ? "" : " " + details.errorMessage();
        String text = ("HTTP " + e.statusCode() + " " + code(e) + message)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        return " (the server says: " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + ")";
    }

    private static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        return chain(e).anyMatch(type::isInstance);
    }

    private static boolean mentions(Throwable e, String text) {
        return chain(e).anyMatch(cause -> String.valueOf(cause.getMessage()).contains(text));
    }

    private static String deepest(Throwable e) {
        return words(chain(e).reduce((_, deeper) -> deeper).orElse(e));
    }

    private static Diagnosis change(String problem) {
        return new Diagnosis(ErrorCode.IN_USE, problem);
    }

    private static Diagnosis unavailable(String problem) {
        return new Diagnosis(ErrorCode.UNAVAILABLE, problem);
    }

    private record Diagnosis(ErrorCode code, String problem) {}
}
