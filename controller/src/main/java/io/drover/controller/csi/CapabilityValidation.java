package io.drover.controller.csi;

import io.drover.controller.csi.CapabilityRequests.Use;
import io.drover.controller.volume.VolumeComparison;
import io.drover.core.error.StorageException;
import io.drover.core.model.Settings;
import io.drover.core.model.Volume;
import io.drover.core.model.VolumeParameters;
import io.drover.core.parameters.ParameterReader;
import io.drover.csi.v1.ValidateVolumeCapabilitiesRequest;
import io.drover.csi.v1.ValidateVolumeCapabilitiesResponse;
import io.drover.csi.v1.VolumeCapability;
import java.util.List;

/** Says whether a volume can be used as somebody intends. "No" is an answer with a message, not an error. */
final class CapabilityValidation {
    private CapabilityValidation() {}

    static ValidateVolumeCapabilitiesResponse answer(
            Volume volume, ValidateVolumeCapabilitiesRequest request, Settings settings) {
        try {
            request.getVolumeCapabilitiesList().forEach(capability -> require(volume, capability));
            requireContext(volume, request);
            requireParameters(volume, request, settings);
        } catch (StorageException e) {
            return ValidateVolumeCapabilitiesResponse.newBuilder()
                    .setMessage(e.getMessage())
                    .build();
        }
        return ValidateVolumeCapabilitiesResponse.newBuilder()
                .setConfirmed(ValidateVolumeCapabilitiesResponse.Confirmed.newBuilder()
                        .putAllVolumeContext(request.getVolumeContextMap())
                        .addAllVolumeCapabilities(request.getVolumeCapabilitiesList())
                        .putAllParameters(request.getParametersMap())
                        .putAllMutableParams(request.getMutableParamsMap()))
                .build();
    }

    /**
     * Accepts a use that the volume was made for.
     *
     * @throws StorageException INVALID with the reason otherwise
     */
    static void require(Volume volume, VolumeCapability capability) {
        Use use = CapabilityRequests.parse(capability);
        boolean possible = use.block() ? volume.blockAllowed() : volume.mountAllowed();
        if (!possible) {
            throw StorageException.invalid("volume " + volume.id() + " was created "
                    + (volume.blockAllowed() ? "as a raw block device" : "to be mounted") + "; use it so");
        }
        use.fsType().filter(wanted -> wanted != volume.parameters().fsType()).ifPresent(wanted -> {
            throw StorageException.invalid("volume " + volume.id() + " has the file system "
                    + volume.parameters().fsType().text() + ", not " + wanted.text());
        });
    }

    private static void requireContext(Volume volume, ValidateVolumeCapabilitiesRequest request) {
        if (request.getVolumeContextCount() > 0
                && !VolumeMessages.context(volume).entrySet().stream()
                        .allMatch(entry -> entry.getValue()
                                .equals(request.getVolumeContextMap().get(entry.getKey())))) {
            throw StorageException.invalid(
                    "the volume context is not the one that volume " + volume.id() + " was created with");
        }
    }

    private static void requireParameters(Volume volume, ValidateVolumeCapabilitiesRequest request, Settings settings) {
        VolumeParameters now = volume.parameters();
        var _ = ParameterReader.readMutable(request.getMutableParamsMap(), now, settings);
        if (request.getParametersCount() > 0) {
            List<String> different = VolumeComparison.differentParameters(
                    now,
                    ParameterReader.read(request.getParametersMap(), settings).withFsType(now.fsType()));
            if (!different.isEmpty()) {
                throw StorageException.invalid("volume " + volume.id() + " differs in " + String.join(", ", different));
            }
        }
    }
}
