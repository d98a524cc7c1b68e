package io.drover.snapshotter.target;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A target in a bucket of an S3 server (section 17.2 of the format's description). */
final class S3Target implements TargetFiles {
    private static final String TYPE = "application/octet-stream";
    private static final int READINGS = 4;

    private final TargetAddress.S3 address;
    private final S3Connections.Lease lease;
    private final S3Connection connection;
    private final AtomicLong requests = new AtomicLong();
    private final S3Failures failures;
    private final S3Timing timing;
    private final Pause pause;
    private final LongSupplier nanoTime;
    private final String root;

    /** @param lease given back when the target is closed */
    S3Target(TargetAddress.S3 address, S3Connections.Lease lease, S3Timing timing, Pause pause, LongSupplier nanoTime) {
        this.address = address;
        this.lease = lease;
        this.connection = lease.connection();
        this.failures = new S3Failures(address, connection.server(), connection.region());
        this.timing = timing;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.root = address.path().isEmpty() ? "" : address.path() + "/";
    }

    @Override
    public Optional<TargetFile> find(String path) {
        String key = key(path);
        try {
            HeadObjectResponse head = connection
                    .reads()
                    .headObject(
                            request -> request.bucket(address.bucket()).key(key).overrideConfiguration(this::counted));
            if (head.contentLength() != null && head.lastModified() != null) {
                return Optional.of(new TargetFile(path, head.contentLength(), head.lastModified()));
            }
        } catch (S3Exception e) {
            if (S3Failures.passing(e.statusCode())) {
                throw failures.of(S3Action.READ, path, e);
            }
            // The answer to HEAD has no words: 404 is also that of a missing bucket. GET says what is meant.
        } catch (SdkException e) {
            throw failures.of(S3Action.READ, path, e);
        }
        return findByReading(path, key);
    }

    @Override
    public byte[] read(String path, int limit) {
        String key = key(path);
        return repeated(S3Action.READ, path, () -> readOnce(path, key, limit).content());
    }

    @Override
    public int read(String path, byte[] into) {
        String key = key(path);
        return repeated(S3Action.READ, path, () -> receiving(path, key, into.length, (_, body) -> body.readInto(into)));
    }

    /** Plain HTTP protects nothing, and what lies between may be broken under TLS too. */
    @Override
    public byte[] readSurely(String path, int limit) {
        String key = key(path);
        return repeated(S3Action.READ, path, () -> {
            Set<String> seen = new HashSet<>();
            for (int reading = 0; reading < READINGS; reading++) {
                ReadObject object = readOnce(path, key, limit);
                String md5 = Md5.of(object.content());
                // An ETag is the MD5 of the content on most servers, but not of what was encrypted or sent in parts.
                if (object.tag().equals(md5) || !seen.add(md5)) {
                    return object.content();
                }
            }
            throw new IOException("it read differently " + READINGS + " times");
        });
    }

    @Override
    public void write(String path, byte[] content) {
        write(path, content, content.length);
    }

    @Override
    public void write(String path, byte[] content, int length) {
        String key = key(path);
        ContentStreamProvider bytes = () -> new ByteArrayInputStream(content, 0, length);
        RequestBody body = RequestBody.fromContentProvider(bytes, length, TYPE);
        call(
                S3Action.WRITE,
                path,
                () -> connection
                        .writes()
                        .putObject(
                                request -> request.bucket(address.bucket())
                                        .key(key)
                                        .contentType(TYPE)
                                        .overrideConfiguration(this::counted),
                                body));
    }

    @Override
    public List<TargetEntry> list(String directory) {
        String prefix = prefix(directory);
        List<TargetEntry> entries = new ArrayList<>();
        pages(directory, prefix, true, page -> {
            for (CommonPrefix common : page.commonPrefixes()) {
                String name = below(prefix, common.prefix(), directory);
                if (name.length() > 1) {
                    entries.add(new TargetEntry(name.substring(0, name.length() - 1), true));
                }
            }
            for (S3Object object : page.contents()) {
                String name = below(prefix, object.key(), directory);
                if (!name.isEmpty()) {
                    entries.add(new TargetEntry(name, false));
                }
            }
        });
        return entries;
    }

    @Override
    public void walk(String directory, Consumer<TargetFile> receiver) {
        String prefix = prefix(directory);
        pages(directory, prefix, false, page -> {
            for (S3Object object : page.contents()) {
                String name = below(prefix, object.key(), directory);
                // An object that ends in a slash stands for a directory in some tools.
                if (!name.isEmpty() && !name.endsWith("/")) {
                    String path = object.key().substring(root.length());
                    receiver.accept(new TargetFile(path, object.size(), object.lastModified()));
                }
            }
        });
    }

    @Override
    public void delete(String path) {
        String key = key(path);
        try {
            connection
                    .writes()
                    .deleteObject(
                            request -> request.bucket(address.bucket()).key(key).overrideConfiguration(this::counted));
        } catch (SdkException e) {
            if (!S3Failures.saysNoSuchKey(e)) {
                throw failures.of(S3Action.DELETE, path, e);
            }
        }
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public String description() {
        return address.url();
    }

    @Override
    public void close() {
        lease.close();
    }

    private void counted(AwsRequestOverrideConfiguration.Builder request) {
        request.putExecutionAttribute(S3Connection.REQUESTS, requests);
    }

    /** Asks for the first byte, for the sake of the words in the answer. */
    private Optional<TargetFile> findByReading(String path, String key) {
        try (ResponseInputStream<GetObjectResponse> stream = connection
                .reads()
                .getObject(request -> request.bucket(address.bucket())
                        .key(key)
                        .range("bytes=0-0")
                        .overrideConfiguration(this::counted))) {
            stream.abort();
            Long size = size(stream.response());
            Instant modified = stream.response().lastModified();
            if (size == null || modified == null) {
                throw StorageException.unavailable("cannot look for " + path + " of " + description()
                        + ": the server tells neither size nor time; is " + connection.server() + " an S3 server?");
            }
            return Optional.of(new TargetFile(path, size, modified));
        } catch (IOException e) {
            throw StorageException.unavailable(
                    "cannot look for " + path + " of " + description() + ": " + S3Failures.words(e));
        } catch (SdkException e) {
            if (S3Failures.saysNoSuchKey(e)) {
                return Optional.empty();
            }
            throw failures.of(S3Action.READ, path, e);
        }
    }

    private static @Nullable Long size(GetObjectResponse response) {
        String range = response.contentRange();
        if (range == null) {
            return response.contentLength();
        }
        String all = range.substring(range.lastIndexOf('/') + 1);
        return all.matches("[0-9]{1,18}") ? Long.valueOf(all) : null;
    }

    private ReadObject readOnce(String path, String key, int limit) throws IOException {
        return receiving(path, key, limit, (answer, body) -> {
            String tag = answer.eTag();
            return new ReadObject(
                    body.whole(), tag == null ? "" : tag.replace("\"", "").toLowerCase(Locale.ROOT));
        });
    }

    private <T> T receiving(String path, String key, int limit, Receiver<T> receiver) throws IOException {
        try (ResponseInputStream<GetObjectResponse> stream = connection
                .reads()
                .getObject(request -> request.bucket(address.bucket()).key(key).overrideConfiguration(this::counted))) {
            S3Body body = new S3Body(stream, stream.response().contentLength(), limit, timing.attempt(), nanoTime);
            return receiver.receive(stream.response(), body);
        } catch (S3Body.TooLong e) {
            throw StorageException.corrupt("cannot read " + path + " of " + description() + ": it has more than the "
                    + limit + " bytes possible");
        } catch (SdkException e) {
            if (S3Failures.saysNoSuchKey(e)) {
                throw StorageException.notFound("the file", path + " of " + description());
            }
            if (S3Failures.brokeOff(e)) {
                throw new IOException(S3Failures.words(e), e);
            }
            throw failures.of(S3Action.READ, path, e);
        }
    }

    /** All pages of a listing. What is not surely a page of this listing is an error. */
    private void pages(String directory, String prefix, boolean oneLevel, Consumer<ListObjectsV2Response> receiver) {
        Set<String> tokens = new HashSet<>();
        String token = null;
        do {
            ListObjectsV2Request request = ListObjectsV2Request.builder()
                    .bucket(address.bucket())
                    .prefix(prefix)
                    .delimiter(oneLevel ? "/" : null)
                    .continuationToken(token)
                    .overrideConfiguration(this::counted)
                    .build();
            ListObjectsV2Response page = repeated(S3Action.LIST, directory, () -> listOnce(directory, request));
            // A page of another kind, such as a proxy's greeting, would be read as an empty listing.
            if (page.name() == null && page.isTruncated() == null && page.keyCount() == null) {
                throw notAListing(directory, "the answer is none");
            }
            receiver.accept(page);
            token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
            if (Boolean.TRUE.equals(page.isTruncated()) && (token == null || !tokens.add(token))) {
                throw notAListing(directory, "it goes on, but does not say where");
            }
        } while (token != null);
    }

    private String below(String prefix, @Nullable String key, String directory) {
        if (key == null || !key.startsWith(prefix)) {
            throw notAListing(directory, "it names what was not asked for");
        }
        return key.substring(prefix.length());
    }

    private StorageException notAListing(String directory, String problem) {
        return StorageException.unavailable("cannot list " + directory + " of " + description() + ": " + problem
                + "; is " + connection.server() + " an S3 server, and nothing else between?");
    }

    private ListObjectsV2Response listOnce(String directory, ListObjectsV2Request request) throws IOException {
        try {
            return connection.reads().listObjectsV2(request);
        } catch (SdkException e) {
            if (S3Failures.brokeOff(e)) {
                throw new IOException(S3Failures.words(e), e);
            }
            throw failures.of(S3Action.LIST, directory, e);
        }
    }

    /** The SDK repeats requests, but not a body that broke off, stood still or cannot be read. */
    private <T> T repeated(S3Action action, String path, Body<T> body) {
        for (int attempt = 1; ; attempt++) {
            try {
                return body.get();
            } catch (IOException e) {
                if (attempt >= timing.readAttempts()) {
                    throw new StorageException(
                            ErrorCode.UNAVAILABLE,
                            "cannot " + action.verb() + " " + path + " of " + description() + ": the answer broke off "
                                    + attempt + " times (" + S3Failures.words(e) + ")",
                            e);
                }
                pause.forDuration(delay(attempt));
            }
        }
    }

    private <T> T call(S3Action action, String path, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failures.of(action, path, e);
        }
    }

    private Duration delay(int attempt) {
        Duration delay = timing.firstDelay().multipliedBy(1L << Math.min(attempt - 1, 10));
        return delay.compareTo(timing.longestDelay()) < 0 ? delay : timing.longestDelay();
    }

    private String key(String path) {
        if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
            throw new StorageException(ErrorCode.INVALID, "\"" + path + "\" is no path within a target");
        }
        return root + path;
    }

    private String prefix(String directory) {
        return directory.isEmpty() ? root : key(directory) + "/";
    }

    /** What one GET brought, and the server's mark of it without its quotes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ReadObject(byte[] content, String tag) {}

    @FunctionalInterface
    private interface Receiver<T> {
        T receive(GetObjectResponse answer, S3Body body) throws IOException, S3Body.TooLong;
    }

    @FunctionalInterface
    private interface Body<T> {
        T get() throws IOException;
    }
}
