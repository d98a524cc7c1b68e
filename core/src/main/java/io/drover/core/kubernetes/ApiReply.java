package io.drover.core.kubernetes;

/**
 * An answer of the API server.
 *
 * @param code of HTTP
 * @param repeated whether the request was sent more than once, and an earlier one may have been done
 */
record ApiReply(int code, String body, boolean repeated) {
    static final int OK = 200;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int CONFLICT = 409;
    static final int GONE = 410;
    static final int INVALID = 422;
    static final int TOO_MANY = 429;
    static final int SERVER_ERROR = 500;

    boolean isSuccess() {
        return code >= OK && code < 300;
    }
}
