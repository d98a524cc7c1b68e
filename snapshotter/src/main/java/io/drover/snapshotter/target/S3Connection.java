package io.drover.snapshotter.target;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK, set up for one target and one set of credentials: two clients over one set of connections, which differ in how often they try. Nothing that only Amazon's
 * server understands is sent: no checksum trailers, no aws-chunked bodies, no {@code Expect} (section 17.2 of the format's description).
 */
final class S3Connection implements AutoCloseable {
    private static final String USUAL_REGION = "us-east-1";
    private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
    private static final String STS_ENDPOINT = "AWS_ENDPOINT_URL_STS";
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofMinutes(5);
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** Of a request: where it is counted, each attempt. The clients are shared, and each of their users counts its own. */
    static final ExecutionAttribute<AtomicLong> REQUESTS = new ExecutionAttribute<>("drover.requests");

    private final S3Client reads;
    private final S3Client writes;
    private final URI server;
    private final String region;
    private final List<SdkAutoCloseable> parts;

    private S3Connection(S3Client reads, S3Client writes, URI server, String region, List<SdkAutoCloseable> parts) {
        this.reads = reads;
        this.writes = writes;
        this.server = server;
        this.region = region;
        this.parts = List.copyOf(parts);
    }

    /**
     * Sets the clients up; nothing is asked yet.
     *
     * @param environment of the process, for what the credentials leave open
     */
    static S3Connection open(
            TargetAddress.S3 address, TargetCredentials credentials, Map<String, String> environment, S3Timing timing) {
        String region = address.region()
                .or(() -> set(environment, "AWS_REGION"))
                .or(() -> set(environment, "AWS_DEFAULT_REGION"))
                .orElse(USUAL_REGION);
        URI server = credentials.endpoint().orElseGet(() -> URI.create("https://s3." + region + ".amazonaws.com"));
        Proxies proxies = credentials.proxies().orElseGet(() -> proxies(environment));
        List<SdkAutoCloseable> parts = new ArrayList<>();
        SdkHttpClient http = added(parts, http(server, credentials, proxies, timing));
        AwsCredentialsProvider identity = identity(credentials, region, environment, proxies, timing, parts);
        S3Client reads = added(parts, client(credentials, region, identity, http, timing, timing.readAttempts()));
        S3Client writes = added(parts, client(credentials, region, identity, http, timing, timing.writeAttempts()));
        return new S3Connection(reads, writes, server, region, parts.reversed());
    }

    /** For what only reads. */
    S3Client reads() {
        return reads;
    }

    /** For writes and deletions. */
    S3Client writes() {
        return writes;
    }

    /** Where requests go. */
    URI server() {
        return server;
    }

    String region() {
        return region;
    }

    @Override
    public void close() {
        parts.forEach(SdkAutoCloseable::close);
    }

    private static S3Client client(
            TargetCredentials credentials,
            String region,
            AwsCredentialsProvider identity,
            SdkHttpClient http,
            S3Timing timing,
            int attempts) {
        return S3Client.builder()
                .region(Region.of(region))
                .applyMutation(builder -> credentials.endpoint().ifPresent(builder::endpointOverride))
                .forcePathStyle(credentials.usesPathStyle())
                .credentialsProvider(identity)
                .httpClient(http)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .disableS3ExpressSessionAuth(true)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .overrideConfiguration(configuration -> configuration
                        .retryStrategy(retries(timing, attempts))
                        .apiCallAttemptTimeout(timing.attempt())
                        .apiCallTimeout(timing.whole())
                        .addExecutionInterceptor(new Leaving()))
                .build();
    }

    /** The SDK's standard strategy, but every call has all its attempts, however many others failed before it. */
    private static StandardRetryStrategy retries(S3Timing timing, int attempts) {
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(attempts)
                .circuitBreakerEnabled(false)
                .backoffStrategy(BackoffStrategy.exponentialDelayHalfJitter(timing.firstDelay(), timing.longestDelay()))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelayHalfJitter(timing.throttledDelay(), timing.longestDelay()))
                .build();
    }

    private static SdkHttpClient http(URI server, TargetCredentials credentials, Proxies proxies, S3Timing timing) {
        ProxyConfiguration.Builder proxy =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        proxies.forServer(server).ifPresent(uri -> point(proxy, uri));
        Apache5HttpClient.Builder http = Apache5HttpClient.builder()
                .maxConnections(timing.connections())
                .connectionAcquisitionTimeout(WAIT_FOR_CONNECTION)
                .connectionMaxIdleTime(IDLE)
                .connectionTimeout(timing.connect())
                .socketTimeout(timing.silence())
                .tcpKeepAlive(true)
                .expectContinueEnabled(false)
                .proxyConfiguration(proxy.build());
        if (!credentials.certificates().isEmpty()) {
            http.tlsTrustManagersProvider(() -> AddedTrust.managers(credentials.certificates()));
        }
        return http.build();
    }

    private static void point(ProxyConfiguration.Builder proxy, URI uri) {
        int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        proxy.endpoint(URI.create(uri.getScheme() + "://" + uri.getHost() + ":" + port));
        String user = uri.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            proxy.username(colon < 0 ? user : user.substring(0, colon))
                    .password(colon < 0 ? "" : user.substring(colon + 1))
                    .preemptiveBasicAuthenticationEnabled(true);
        }
    }

    private static AwsCredentialsProvider identity(
            TargetCredentials credentials,
            String region,
            Map<String, String> environment,
            Proxies proxies,
            S3Timing timing,
            List<SdkAutoCloseable> parts) {
        if (credentials.accessKey().isPresent()) {
            AccessKey key = credentials.accessKey().get();
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret()));
        }
        Optional<String> token = set(environment, TOKEN_FILE);
        if (credentials.role().isPresent() && token.isPresent()) {
            Optional<URI> own = set(environment, STS_ENDPOINT).map(S3Connection::stsEndpoint);
            URI sts = own.orElseGet(() -> URI.create("https://sts." + region + ".amazonaws.com"));
            StsClient client = added(
                    parts,
                    StsClient.builder()
                            .region(Region.of(region))
                            .applyMutation(builder -> own.ifPresent(builder::endpointOverride))
                            .credentialsProvider(AnonymousCredentialsProvider.create())
                            .httpClient(added(parts, http(sts, credentials, proxies, timing)))
                            .build());
            StsWebIdentityTokenFileCredentialsProvider provider = added(
                    parts,
                    StsWebIdentityTokenFileCredentialsProvider.builder()
                            .stsClient(client)
                            .roleArn(credentials.role().get())
                            .roleSessionName("drover")
                            .webIdentityTokenFile(Path.of(token.get()))
                            .build());
            return () -> resolved(provider);
        }
        // A role without a token: the host's own identity, which systems such as kube2iam bind to the role from
        // outside.
        return added(parts, DefaultCredentialsProvider.builder().build());
    }

    /** What the provider throws for a file that it cannot read is no failure of the SDK's kind. */
    private static AwsCredentials resolved(AwsCredentialsProvider provider) {
        try {
            return provider.resolveCredentials();
        } catch (UncheckedIOException e) {
            throw SdkClientException.create("Unable to load a web identity token: " + e.getMessage(), e);
        }
    }

    private static URI stsEndpoint(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw StorageException.invalid("the value of " + STS_ENDPOINT + " in Drover's environment, \""
                + NearestName.shown(text) + "\", is not the URL of one server; write it like https://sts.example.org");
    }

    private static Proxies proxies(Map<String, String> environment) {
        List<String> names = List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY");
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            set(environment, name)
                    .or(() -> set(environment, name.toLowerCase(Locale.ROOT)))
                    .ifPresent(value -> values.put(name, value));
        }
        return TargetCredentials.of(values).proxies().orElse(Proxies.NONE);
    }

    private static Optional<String> set(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static <T extends SdkAutoCloseable> T added(List<SdkAutoCloseable> parts, T part) {
        parts.add(part);
        return part;
    }

    /** Counts requests as they leave, repeated ones too, for who makes them; and leaves out of them what servers and proxies stumble over. */
    private record Leaving() implements ExecutionInterceptor {
        /** Without this header Apache's client offers to change to TLS in the middle of plain HTTP, which some answer with 400. */
        @Override
        public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
            return context.httpRequest().toBuilder()
                    .putHeader("Connection", "keep-alive")
                    .build();
        }

        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            AtomicLong requests = attributes.getAttribute(REQUESTS);
            if (requests != null) {
                requests.incrementAndGet();
            }
        }
    }
}
