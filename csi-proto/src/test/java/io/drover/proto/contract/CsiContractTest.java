package io.drover.proto.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import io.drover.csi.v1.Csi;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The file of the CSI project and ours are the same to every peer; see {@link ContractListing} for how the golden file is made. */
class CsiContractTest {
    private static final String GOLDEN = "/contract/csi-1.12.0.listing";

    private final FileDescriptorProto ours = Csi.getDescriptor().toProto();

    @Test
    void everyNumberNameAndOptionIsThePublishedOne() throws IOException {
        assertThat(ContractListing.of(ours).lines())
                .containsExactlyElementsOf(published().lines().toList());
    }

    @Test
    void aChangedNumberIsNoticed() throws IOException {
        // Given our file with one field moved to another number
        FileDescriptorProto.Builder changed = ours.toBuilder();
        FieldDescriptorProto.Builder field = changed.getMessageTypeBuilderList().stream()
                .filter(message -> message.getName().equals("CreateVolumeRequest"))
                .findFirst()
                .orElseThrow()
                .getFieldBuilder(0);
        field.setNumber(99);

        assertThat(ContractListing.of(changed.build())).isNotEqualTo(published());
    }

    private static String published() throws IOException {
        try (InputStream golden = Objects.requireNonNull(CsiContractTest.class.getResourceAsStream(GOLDEN))) {
            return new String(golden.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
