package io.drover.core.kubernetes;

import io.drover.core.resources.Kind;
import io.drover.core.resources.KubernetesFormat;
import io.drover.core.resources.ObjectPage;
import io.drover.core.resources.ObjectRead;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects of records on the API server: one method per request that is made about them. */
final class RecordObjects {
    /** Unknown fields are refused instead of dropped: definitions older than the program lose nothing silently. */
    private static final String STRICT = "?fieldValidation=Strict";

    private static final int PAGE = 500;
    private static final int WATCH_SECONDS = 290;

    private final ApiServer server;
    private final KubernetesFormat format;

    RecordObjects(ApiServer server, KubernetesFormat format) {
        this.server = server;
        this.format = format;
    }

    /** A whole list, and its version. */
    record Listing(List<ObjectRead> objects, long version) {}

    Optional<ObjectRead> find(Kind kind, String name) {
        return server.find(request(ApiRequest.Verb.GET, kind, name, "", "")).map(body -> format.read(kind, body));
    }

    /** Every object; begins anew if the server forgets the list's version in the middle of it. */
    Listing list(Kind kind) {
        List<ObjectPage> pages = new ArrayList<>();
        String next = "";
        do {
            String path = path(kind) + "?limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            ApiRequest request = new ApiRequest(ApiRequest.Verb.LIST, ApiGroup.DROVER, kind.plural(), path, "", "");
            ApiReply reply = server.send(request);
            if (reply.code() == ApiReply.GONE && !pages.isEmpty()) {
                pages.clear();
                next = "";
                continue;
            }
            if (!reply.isSuccess()) {
                throw ApiFailures.of(request, reply);
            }
            ObjectPage page = format.readPage(kind, reply.body());
            pages.add(page);
            next = page.next();
        } while (pages.isEmpty() || !next.isEmpty());
        return new Listing(
                pages.stream().flatMap(page -> page.objects().stream()).toList(),
                pages.getFirst().version());
    }

    InputStream watch(Kind kind, long version) {
        String path = path(kind) + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + WATCH_SECONDS
                + "&resourceVersion=" + version;
        return server.watch(new ApiRequest(ApiRequest.Verb.WATCH, ApiGroup.DROVER, kind.plural(), path, "", ""));
    }

    /** A POST. */
    ApiRequest creation(Kind kind, String name, String body) {
        String path = path(kind) + STRICT;
        return new ApiRequest(ApiRequest.Verb.CREATE, ApiGroup.DROVER, kind.plural(), path, name, body);
    }

    /** A patch of an object, or of a part of it such as {@code /status}. */
    ApiRequest change(Kind kind, String name, String part, String body) {
        return request(ApiRequest.Verb.PATCH, kind, name, part, body);
    }

    ApiRequest deletion(Kind kind, String name, String uid) {
        return request(ApiRequest.Verb.DELETE, kind, name, "", format.deletion(uid));
    }

    /** Changes an object, or a part of it, and reads what it is then. @throws StorageException as {@link ApiServer#require} */
    ObjectRead changed(Kind kind, String name, String part, String body) {
        return format.read(kind, server.require(change(kind, name, part, body)));
    }

    ApiReply send(ApiRequest request) {
        return server.send(request);
    }

    private ApiRequest request(ApiRequest.Verb verb, Kind kind, String name, String part, String body) {
        String path = path(kind) + "/" + name + part + (verb == ApiRequest.Verb.PATCH ? STRICT : "");
        return new ApiRequest(verb, ApiGroup.DROVER, kind.plural() + part, path, name, body);
    }

    private String path(Kind kind) {
        return ApiGroup.DROVER.path(server.namespace(), kind.plural());
    }
}
