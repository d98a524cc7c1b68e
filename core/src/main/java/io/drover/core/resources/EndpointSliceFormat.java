package io.drover.core.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** EndpointSlices of {@code discovery.k8s.io/v1}: where the pods of a Service are. */
public final class EndpointSliceFormat {
    private EndpointSliceFormat() {}

    /** The uid of a Service as the API server answers it. */
    public static String uid(String json) {
        return ApiJson.metadata(ApiJson.tree(json)).path("uid").asText();
    }

    /**
     * A slice of the Service's name, with one address, for a PATCH by which it is applied. It goes with the Service.
     *
     * @param uid of the Service
     * @param address IPv4 or IPv6
     * @param portName as the Service names its port
     */
    public static String only(String service, String uid, String address, String portName, int port) {
        ObjectNode slice = ApiJson.object();
        slice.put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
        ObjectNode metadata = slice.putObject("metadata");
        metadata.put("name", service);
        metadata.putObject("labels")
                .put("kubernetes.io/service-name", service)
                .put("endpointslice.kubernetes.io/managed-by", "drover.io");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Service")
                .put("name", service)
                .put("uid", uid);
        slice.put("addressType", address.contains(":") ? "IPv6" : "IPv4");
        ObjectNode endpoint = slice.putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(address);
        endpoint.putObject("conditions").put("ready", true);
        slice.putArray("ports")
                .addObject()
                .put("name", portName)
                .put("port", port)
                .put("protocol", "TCP");
        return ApiJson.text(slice);
    }
}
