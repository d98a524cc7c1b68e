package io.drover.core.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.drover.csi.v1.CreateVolumeRequest;
import io.drover.csi.v1.Csi;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    @Test
    void secretsAreLeftOutAndTheRestStays() {
        CreateVolumeRequest request = CreateVolumeRequest.newBuilder()
                .setName("pvc-1")
                .putParameters("fsType", "xfs")
                .putSecrets("password", "hunter2")
                .build();

        String text = Redaction.text(request);

        assertThat(text).contains("pvc-1", "fsType", "xfs").doesNotContain("hunter2", "password");
    }

    @Test
    void everySecretFieldOfTheContractIsMarked() {
        List<String> unmarked = new ArrayList<>();
        for (Descriptor message : Csi.getDescriptor().getMessageTypes()) {
            for (FieldDescriptor field : message.getFields()) {
                if (field.getName().contains("secret") && !field.getOptions().getExtension(Csi.csiSecret)) {
                    unmarked.add(field.getFullName());
                }
            }
        }

        assertThat(unmarked).isEmpty();
    }

    @Test
    void aLongMessageIsCut() {
        CreateVolumeRequest request =
                CreateVolumeRequest.newBuilder().setName("x".repeat(100_000)).build();

        assertThat(Redaction.text(request)).hasSizeLessThan(5000).endsWith("…");
    }
}
