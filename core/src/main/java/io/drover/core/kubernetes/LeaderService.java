package io.drover.core.kubernetes;

import io.drover.core.resources.EndpointSliceFormat;
import io.drover.core.time.Pause;
import java.time.Clock;

/**
 * A Service that leads to the pod of the controller that leads, and to no other: that of a sidecar which answers only there. The Service
 * has no selector; whoever leads writes its own address as the only one (an EndpointSlice of the Service's name, which goes with it).
 */
public final class LeaderService {
    private static final ApiGroup DISCOVERY =
            new ApiGroup("discovery.k8s.io", "v1", "use a cluster that has EndpointSlices (Kubernetes 1.21 and later)");
    private static final String SLICES = "endpointslices";
    private static final String SERVICES = "services";

    private final ApiServer server;
    private final Place place;

    /**
     * Where it leads to.
     *
     * @param service its name
     * @param portName as the Service names its port
     * @param address IP of this process's pod
     * @param port where the sidecar listens
     */
    public record Place(String service, String portName, String address, int port) {}

    /** Nothing is written yet. */
    public LeaderService(KubernetesConnection connection, Place place, Clock clock, Pause pause) {
        this.server = new ApiServer(connection, clock, pause);
        this.place = place;
    }

    /**
     * Makes the Service lead here. Calling again writes nothing if it does already.
     *
     * @throws io.drover.core.error.StorageException UNAVAILABLE if the API server is away, there is no such Service, or a right is missing
     */
    public void leadHere() {
        String path = ApiGroup.CORE.path(server.namespace(), SERVICES) + "/" + place.service();
        String service =
                server.require(new ApiRequest(ApiRequest.Verb.GET, ApiGroup.CORE, SERVICES, path, place.service(), ""));
        String slice = EndpointSliceFormat.only(
                place.service(), EndpointSliceFormat.uid(service), place.address(), place.portName(), place.port());
        server.require(new ApiRequest(
                ApiRequest.Verb.APPLY,
                DISCOVERY,
                SLICES,
                DISCOVERY.path(server.namespace(), SLICES) + "/" + place.service() + "?fieldManager=drover&force=true",
                place.service(),
                slice));
    }
}
