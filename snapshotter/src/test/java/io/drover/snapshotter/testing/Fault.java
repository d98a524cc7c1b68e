package io.drover.snapshotter.testing;

/** What the faulty proxy does instead of passing a request on. */
public sealed interface Fault {
    /** Answers itself, in S3's words; without them if the request is a HEAD. The server never sees the request. */
    record Answer(int status, String code, String message) implements Fault {}

    /** Answers with a page that is not S3's, as some gateway or portal does. */
    record Page(int status, String html) implements Fault {}

    /** Takes the request and never answers. */
    record Silence() implements Fault {}

    /** Passes the request on, sends half of the answer's body, and ends the connection. */
    record Truncate() implements Fault {}

    /** Passes the request on, and changes a byte in the middle of the answer's body. */
    record Change() implements Fault {}

    /** Passes the request on, and changes this byte of the answer's body. */
    record ChangeAt(int index) implements Fault {}

    /** Passes the request on, and leaves the answer's ETag out. */
    record WithoutTag() implements Fault {}

    /** Answers a listing with an empty, well-formed one; passes on what is no listing. */
    record EmptyListing() implements Fault {}

    /** Resets the connection before the server sees the request. */
    record Reset() implements Fault {}

    /** Passes the request on, and resets the connection instead of answering: it was done, and nobody knows. */
    record ResetAfter() implements Fault {}

    Fault FORBIDDEN = new Answer(403, "AccessDenied", "Access Denied.");
    Fault NOT_FOUND = new Answer(404, "NoSuchKey", "The specified key does not exist.");
    Fault INTERNAL_ERROR = new Answer(500, "InternalError", "We encountered an internal error, please try again.");
    Fault SLOW_DOWN = new Answer(503, "SlowDown", "Please reduce your request rate.");
}
