package io.drover.core.kubernetes;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.time.Pause;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests, and repeats them with growing pauses while the server is overloaded, fails or is
 * away, as far as a request may be repeated. Documents are texts: they go from and to {@code core.resources} as they are.
 */
final class ApiServer {
    private static final Logger log = LoggerFactory.getLogger(ApiServer.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int TOO_LONG_TO_WAIT = 5;

    private final KubernetesConnection connection;
    private final Clock clock;
    private final Pause pause;
    private final Limits limits;

    ApiServer(KubernetesConnection connection, Clock clock, Pause pause) {
        this(connection, clock, pause, Limits.USUAL);
    }

    ApiServer(KubernetesConnection connection, Clock clock, Pause pause, Limits limits) {
        this.connection = connection;
        this.clock = clock;
        this.pause = pause;
        this.limits = limits;
    }

    /**
     * How long a request may take.
     *
     * @param attempt until one that was sent counts as failed
     * @param patience until no further attempt begins; nothing = one attempt
     */
    record Limits(Duration attempt, Duration patience) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    /** Where the driver's objects are. */
    String namespace() {
        return connection.namespace();
    }

    /**
     * Sends a request and returns the answer, whatever it is short of "try again".
     *
     * @throws StorageException UNAVAILABLE if there is no answer; of a CREATE it is then unknown whether it was done
     */
    ApiReply send(ApiRequest request) {
        Instant end = clock.instant().plus(limits.patience());
        Duration wait = FIRST_PAUSE;
        boolean perhapsDone = false;
        while (true) {
            String problem;
            Duration asked = Duration.ZERO;
            try {
                HttpResponse<String> response = once(request);
                if (response.code() != ApiReply.TOO_MANY && response.code() < ApiReply.SERVER_ERROR) {
                    return new ApiReply(response.code(), text(response.body()), perhapsDone);
                }
                perhapsDone |= response.code() != ApiReply.TOO_MANY;
                asked = retryAfter(response);
                problem = "it answers " + response.code() + " " + ApiFailures.words(text(response.body()));
            } catch (ConnectException e) {
                problem = "no connection (" + e.getMessage() + ")";
            } catch (IOException e) {
                perhapsDone = true;
                problem = String.valueOf(e.getMessage());
            }
            if (perhapsDone && !request.verb().isRepeatable()) {
                throw new StorageException(
                        ErrorCode.UNAVAILABLE,
                        request.failed() + ": the API server gave no answer, so that it may have been done: " + problem
                                + "; call again");
            }
            Duration next = asked.compareTo(wait) > 0 ? asked : wait;
            if (clock.instant().plus(next).isAfter(end)) {
                throw new StorageException(
                        ErrorCode.UNAVAILABLE,
                        request.failed() + ": the API server is not there: " + problem + "; call again");
            }
            pause.forDuration(next);
            wait = wait.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? wait.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /**
     * The object that a GET asks for; empty only if the API server says that there is none.
     *
     * @throws StorageException as {@link ApiFailures#of} makes it
     */
    Optional<String> find(ApiRequest request) {
        ApiReply reply = send(request);
        if (ApiFailures.isAbsent(request, reply)) {
            return Optional.empty();
        }
        return Optional.of(succeeded(request, reply));
    }

    /**
     * What a request is answered if it succeeds.
     *
     * @throws StorageException as {@link ApiFailures#of} makes it, if it does not
     */
    String require(ApiRequest request) {
        return succeeded(request, send(request));
    }

    private static String succeeded(ApiRequest request, ApiReply reply) {
        if (!reply.isSuccess()) {
            throw ApiFailures.of(request, reply);
        }
        return reply.body();
    }

    /** Ends a watch under way, if there is one. */
    static void giveUp(@Nullable InputStream watch) {
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException e) {
                log.atDebug().setCause(e).log("closing a watch failed");
            }
        }
    }

    /**
     * Opens a watch: a line per event, until the server ends it. The caller closes the stream.
     *
     * @throws StorageException UNAVAILABLE and the like; {@link WatchRefused} with the code of the answer
     */
    InputStream watch(ApiRequest request) {
        try {
            HttpClient http = connection.client().getHttpClient();
            HttpResponse<InputStream> response =
                    await(http.sendAsync(builder(http, request).forStreaming().build(), InputStream.class));
            if (response.code() == ApiReply.OK) {
                return response.body();
            }
            try (InputStream body = response.body()) {
                String words = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                throw new WatchRefused(
                        response.code(), ApiFailures.of(request, new ApiReply(response.code(), words, false)));
            }
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.UNAVAILABLE,
                    request.failed() + ": no connection to the API server: " + e.getMessage(),
                    e);
        }
    }

    /** The server does not want to serve a watch. */
    static final class WatchRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int code;

        WatchRefused(int code, StorageException why) {
            super(why.getMessage(), why);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private HttpResponse<String> once(ApiRequest request) throws IOException {
        HttpClient http = connection.client().getHttpClient();
        return await(http.sendAsync(builder(http, request).build(), String.class));
    }

    private HttpRequest.Builder builder(HttpClient http, ApiRequest request) {
        String master = connection.client().getConfiguration().getMasterUrl();
        HttpRequest.Builder builder = http.newHttpRequestBuilder()
                .uri(master.replaceAll("/+$", "") + request.path())
                .header("Accept", "application/json")
                .timeout(limits.attempt().toMillis(), TimeUnit.MILLISECONDS);
        ApiRequest.Verb verb = request.verb();
        return request.body().isEmpty() ? builder : builder.method(verb.method(), verb.contentType(), request.body());
    }

    private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer) throws IOException {
        try {
            // Later than the client's own limits: only in case that these fail.
            return answer.get(3 * limits.attempt().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new StorageException(
                    ErrorCode.TIMEOUT,
                    "interrupted while waiting for the API server; the same call continues the work",
                    e);
        }
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String seconds = response.header("Retry-After");
        if (seconds == null || !seconds.matches("[0-9]{1,6}")) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Math.min(TOO_LONG_TO_WAIT, Integer.parseInt(seconds)));
    }

    @SuppressWarnings("NullAway") // an empty answer may come as null
    private static String text(String body) {
        return body == null ? "" : body;
    }
}
