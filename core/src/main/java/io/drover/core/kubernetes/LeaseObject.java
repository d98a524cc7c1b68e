package io.drover.core.kubernetes;

import io.drover.core.resources.LeaseFormat;
import io.drover.core.resources.LeaseRecord;
import io.drover.core.time.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** One Lease on the API server. Each method is one request, sent once: whoever leads has no time to wait for patience. */
final class LeaseObject {
    private static final String LEASES = "leases";

    private final ApiServer server;
    private final String name;
    private final Clock clock;

    LeaseObject(KubernetesConnection connection, String name, Duration attempt, Clock clock, Pause pause) {
        this.server = new ApiServer(connection, clock, pause, new ApiServer.Limits(attempt, Duration.ZERO));
        this.name = name;
        this.clock = clock;
    }

    Optional<LeaseRecord> find() {
        return server.find(request(ApiRequest.Verb.GET, "")).map(LeaseFormat::read);
    }

    /** Empty if there is one by now. */
    Optional<LeaseRecord> create(String holder, Duration duration) {
        ApiRequest request = new ApiRequest(
                ApiRequest.Verb.CREATE,
                ApiGroup.COORDINATION,
                LEASES,
                ApiGroup.COORDINATION.path(server.namespace(), LEASES),
                name,
                LeaseFormat.create(name, holder, duration, clock.instant()));
        return written(request, server.send(request));
    }

    /** Empty if it was changed in between. */
    Optional<LeaseRecord> take(LeaseRecord from, String holder, Duration duration) {
        return change(LeaseFormat.take(from, holder, duration, clock.instant()));
    }

    /** Empty if it was changed in between. */
    Optional<LeaseRecord> renew(LeaseRecord from) {
        return change(LeaseFormat.renew(from, clock.instant()));
    }

    /** Empty if it was changed in between. */
    Optional<LeaseRecord> release(LeaseRecord from) {
        return change(LeaseFormat.release(from, clock.instant()));
    }

    @Override
    public String toString() {
        return server.namespace() + "/" + name;
    }

    private Optional<LeaseRecord> change(String patch) {
        ApiRequest request = request(ApiRequest.Verb.PATCH, patch);
        return written(request, server.send(request));
    }

    private static Optional<LeaseRecord> written(ApiRequest request, ApiReply reply) {
        if (reply.isSuccess()) {
            return Optional.of(LeaseFormat.read(reply.body()));
        }
        // A patch of another object of the same name, or of one that is gone, does not fit: INVALID, NOT_FOUND.
        boolean changed = reply.code() == ApiReply.CONFLICT
                || (request.verb() == ApiRequest.Verb.PATCH
                        && (reply.code() == ApiReply.INVALID || ApiFailures.isAbsent(request, reply)));
        if (changed) {
            return Optional.empty();
        }
        throw ApiFailures.of(request, reply);
    }

    private ApiRequest request(ApiRequest.Verb verb, String body) {
        String path = ApiGroup.COORDINATION.path(server.namespace(), LEASES) + "/" + name;
        return new ApiRequest(verb, ApiGroup.COORDINATION, LEASES, path, name, body);
    }
}
