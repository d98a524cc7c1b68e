package io.drover.controller.csi;

import com.google.protobuf.BoolValue;
import io.drover.core.rpc.Unary;
import io.drover.csi.v1.GetPluginCapabilitiesRequest;
import io.drover.csi.v1.GetPluginCapabilitiesResponse;
import io.drover.csi.v1.GetPluginInfoRequest;
import io.drover.csi.v1.GetPluginInfoResponse;
import io.drover.csi.v1.IdentityGrpc;
import io.drover.csi.v1.PluginCapability;
import io.drover.csi.v1.ProbeRequest;
import io.drover.csi.v1.ProbeResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.BooleanSupplier;

/** Says who we are and what we can do. */
public final class IdentityService extends IdentityGrpc.IdentityImplBase {
    private final String name;
    private final String version;
    private final BooleanSupplier ready;

    /**
     * Makes the service.
     *
     * @param name the provisioner's name in StorageClasses
     * @param ready whether requests can be served
     */
    public IdentityService(String name, String version, BooleanSupplier ready) {
        this.name = name;
        this.version = version;
        this.ready = ready;
    }

    @Override
    public void getPluginInfo(GetPluginInfoRequest request, StreamObserver<GetPluginInfoResponse> observer) {
        Unary.handle(
                observer,
                () -> GetPluginInfoResponse.newBuilder()
                        .setName(name)
                        .setVendorVersion(version)
                        .build());
    }

    @Override
    public void getPluginCapabilities(
            GetPluginCapabilitiesRequest request, StreamObserver<GetPluginCapabilitiesResponse> observer) {
        Unary.handle(
                observer,
                () -> GetPluginCapabilitiesResponse.newBuilder()
                        .addCapabilities(service(PluginCapability.Service.Type.CONTROLLER_SERVICE))
                        .addCapabilities(service(PluginCapability.Service.Type.VOLUME_ACCESSIBILITY_CONSTRAINTS))
                        .addCapabilities(service(PluginCapability.Service.Type.GROUP_CONTROLLER_SERVICE))
                        .addCapabilities(service(PluginCapability.Service.Type.SNAPSHOT_METADATA_SERVICE))
                        .addCapabilities(PluginCapability.newBuilder()
                                .setVolumeExpansion(PluginCapability.VolumeExpansion.newBuilder()
                                        .setType(PluginCapability.VolumeExpansion.Type.ONLINE)))
                        .build());
    }

    @Override
    public void probe(ProbeRequest request, StreamObserver<ProbeResponse> observer) {
        Unary.handle(
                observer,
                () -> ProbeResponse.newBuilder()
                        .setReady(BoolValue.of(ready.getAsBoolean()))
                        .build());
    }

    private static PluginCapability service(PluginCapability.Service.Type type) {
        return PluginCapability.newBuilder()
                .setService(PluginCapability.Service.newBuilder().setType(type))
                .build();
    }
}
