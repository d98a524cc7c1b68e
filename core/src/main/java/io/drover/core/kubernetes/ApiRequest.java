package io.drover.core.kubernetes;

import java.util.Locale;

/**
 * A request to the API server.
 *
 * @param verb as access rules name it: {@code get}, {@code list}, {@code watch}, {@code create}, {@code patch}, {@code delete}
 * @param resource as access rules name it: {@code volumes}, {@code volumes/status}
 * @param path on the server, with its query
 * @param object what it is about, for messages
 * @param body empty = none
 */
record ApiRequest(Verb verb, ApiGroup group, String resource, String path, String object, String body) {
    /** What is asked for: the method of HTTP, the form of the body, and whether it may be sent again if nobody knows what became of it. */
    enum Verb {
        GET("GET", "", true),
        LIST("GET", "", true),
        WATCH("GET", "", true),
        CREATE("POST", "application/json", false),
        /** By version: a second one is refused if the first one came through. */
        PATCH("PATCH", "application/json-patch+json", true),
        /** The whole object, made or made so (server-side apply). */
        APPLY("PATCH", "application/apply-patch+yaml", true),
        DELETE("DELETE", "application/json", true);

        private final String method;
        private final String contentType;
        private final boolean repeatable;

        Verb(String method, String contentType, boolean repeatable) {
            this.method = method;
            this.contentType = contentType;
            this.repeatable = repeatable;
        }

        String method() {
            return method;
        }

        String contentType() {
            return contentType;
        }

        boolean isRepeatable() {
            return repeatable;
        }

        String text() {
            return this == APPLY ? PATCH.text() : name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@code cannot patch volumes/status.drover.io pvc-1}. */
    String failed() {
        return "cannot " + verb.text() + " " + group.qualified(resource) + (object.isEmpty() ? "" : " " + object);
    }
}
