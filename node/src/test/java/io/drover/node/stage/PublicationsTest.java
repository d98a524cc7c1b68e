package io.drover.node.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.AccessMode;
import io.drover.core.model.VolumeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationsTest {
    private static final VolumeId VOLUME = new VolumeId("pvc-1");

    private final Publication first =
            new Publication("/pods/a", Optional.of("shop/web-0"), AccessMode.SINGLE_NODE_MULTI_WRITER, false, false);
    private final Publication second =
            new Publication("/pods/b", Optional.empty(), AccessMode.SINGLE_NODE_MULTI_WRITER, true, true);

    @Test
    void whatIsPutIsReadByTheNextProcess(@TempDir Path directory) {
        // Given
        Publications publications = new Publications(directory.resolve("new"));
        assertThat(publications.of(VOLUME)).isEmpty();
        publications.remove(VOLUME, Path.of("/pods/a"));
        publications.removeAll(VOLUME);
        // When
        publications.put(VOLUME, first);
        publications.put(VOLUME, second);
        publications.put(VOLUME, first);
        // Then
        Publications restarted = new Publications(directory.resolve("new"));
        assertThat(restarted.of(VOLUME)).containsExactly(second, first);
        assertThat(restarted.find(VOLUME, Path.of("/pods/a"))).contains(first);
        restarted.remove(VOLUME, Path.of("/pods/a"));
        assertThat(restarted.of(VOLUME)).containsExactly(second);
        restarted.remove(VOLUME, Path.of("/pods/b"));
        assertThat(directory.resolve("new")).isEmptyDirectory();
    }

    @Test
    void newerFormatAndDamageAreErrorsAndNotAbsences(@TempDir Path directory) throws IOException {
        Publications publications = new Publications(directory);
        Files.writeString(directory.resolve("pvc-1.json"), "{\"formatVersion\":2,\"publications\":[]}");
        assertThatThrownBy(() -> publications.of(VOLUME))
                .satisfies(failure ->
                        assertThat(((StorageException) failure).code()).isEqualTo(ErrorCode.CORRUPT));
        Files.writeString(directory.resolve("pvc-1.json"), "{");
        assertThatThrownBy(() -> publications.of(VOLUME))
                .hasMessageContaining(directory.resolve("pvc-1.json").toString());
    }
}
