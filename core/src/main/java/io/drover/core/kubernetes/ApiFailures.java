package io.drover.core.kubernetes;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.resources.ApiStatus;
import io.drover.core.resources.KubernetesFormat;

/** What an answer of the API server means for who asked. */
final class ApiFailures {
    private static final KubernetesFormat FORMAT = KubernetesFormat.forReading();
    private static final int SHOWN = 500;

    private ApiFailures() {}

    /** Whether the answer says that this object is not there, rather than its kind, its namespace or something in between. */
    static boolean isAbsent(ApiRequest request, ApiReply reply) {
        if (reply.code() != ApiReply.NOT_FOUND) {
            return false;
        }
        ApiStatus status = FORMAT.readStatus(reply.body());
        return status.reason().equals("NotFound") && status.object().equals(request.object());
    }

    /** The error for an answer that is neither a success nor expected. */
    static StorageException of(ApiRequest request, ApiReply reply) {
        String words = words(reply.body());
        return switch (reply.code()) {
            case ApiReply.FORBIDDEN ->
                new StorageException(
                        ErrorCode.UNAVAILABLE,
                        request.failed() + ": the service account may not; grant it the verb \""
                                + request.verb().text() + "\" on the resource \"" + request.resource()
                                + "\" of the API group \"" + request.group().name() + "\", as the chart does: "
                                + words);
            case ApiReply.UNAUTHORIZED ->
                new StorageException(
                        ErrorCode.UNAVAILABLE,
                        request.failed() + ": the API server does not accept the credentials; check the service"
                                + " account or the kubeconfig: " + words);
            case ApiReply.NOT_FOUND ->
                new StorageException(
                        ErrorCode.UNAVAILABLE,
                        request.failed() + ": the API server does not know the resource or the namespace; "
                                + request.group().remedy() + ": " + words);
            case ApiReply.BAD_REQUEST, ApiReply.INVALID ->
                new StorageException(
                        ErrorCode.INVALID,
                        request.failed() + ": the API server refuses it: " + words
                                + "; if the driver was upgraded, apply the definitions of its chart's folder crds too");
            case ApiReply.CONFLICT ->
                new StorageException(
                        ErrorCode.BUSY, request.failed() + ": it was changed in between: " + words + "; call again");
            default ->
                new StorageException(
                        ErrorCode.UNAVAILABLE,
                        request.failed() + ": the API server answers " + reply.code() + ": " + words + "; call again");
        };
    }

    /** The server's own words, in one line of bearable length. */
    static String words(String body) {
        String message = FORMAT.readStatus(body).message();
        String text =
                (message.isEmpty() ? body : message).replaceAll("\\s+", " ").strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
