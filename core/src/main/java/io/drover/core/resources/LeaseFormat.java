package io.drover.core.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Leases of {@code coordination.k8s.io/v1}. */
public final class LeaseFormat {
    /** What the API server takes as a MicroTime: always six digits (k8s.io/apimachinery, {@code meta/v1/micro_time.go}). */
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LeaseFormat() {}

    /** An object as the API server answers it. */
    public static LeaseRecord read(String json) {
        JsonNode lease = ApiJson.tree(json);
        JsonNode spec = lease.path("spec");
        return new LeaseRecord(
                ApiJson.metadata(lease).path("uid").asText(),
                ApiJson.version(lease),
                spec.path("holderIdentity").asText(),
                Duration.ofSeconds(spec.path("leaseDurationSeconds").asLong()),
                spec.path("acquireTime").asText(),
                spec.path("renewTime").asText(),
                spec.path("leaseTransitions").asLong());
    }

    /** A new one, for POST. */
    public static String create(String name, String holder, Duration duration, Instant now) {
        ObjectNode lease = ApiJson.object();
        lease.put("apiVersion", "coordination.k8s.io/v1").put("kind", "Lease");
        lease.putObject("metadata").put("name", name);
        lease.set("spec", spec(holder, duration, micros(now), micros(now), 0));
        return ApiJson.text(lease);
    }

    /** A JSON patch by which somebody becomes the holder; refused if the lease has changed. */
    public static String take(LeaseRecord from, String holder, Duration duration, Instant now) {
        return patch(from, spec(holder, duration, micros(now), micros(now), from.transitions() + 1));
    }

    /** A JSON patch by which the holder stays; refused if the lease has changed. */
    public static String renew(LeaseRecord from, Instant now) {
        return patch(from, spec(from.holder(), from.duration(), from.acquired(), micros(now), from.transitions()));
    }

    /** A JSON patch by which the holder gives it back; refused if the lease has changed. */
    public static String release(LeaseRecord from, Instant now) {
        // The shortest duration that the API server takes.
        return patch(from, spec("", Duration.ofSeconds(1), from.acquired(), micros(now), from.transitions()));
    }

    private static String patch(LeaseRecord from, ObjectNode spec) {
        ArrayNode patch = ApiJson.patchOf(from.uid(), from.version());
        patch.addObject().put("op", "add").put("path", "/spec").set("value", spec);
        return ApiJson.text(patch);
    }

    private static ObjectNode spec(
            String holder, Duration duration, String acquired, String renewed, long transitions) {
        ObjectNode spec = ApiJson.object();
        spec.put("holderIdentity", holder)
                .put("leaseDurationSeconds", duration.toSeconds())
                .put("renewTime", renewed)
                .put("leaseTransitions", transitions);
        if (!acquired.isEmpty()) {
            spec.put("acquireTime", acquired);
        }
        return spec;
    }

    private static String micros(Instant time) {
        return MICROS.format(time);
    }
}
