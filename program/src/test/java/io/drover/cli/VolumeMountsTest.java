package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeMountsTest {
    @Test
    void placeWithFilesInItIsRefused(@TempDir Path folder) throws IOException {
        assertThatCode(() -> VolumeMounts.requireEmpty(folder)).doesNotThrowAnyException();
        assertThatCode(() -> VolumeMounts.requireEmpty(folder.resolve("none"))).doesNotThrowAnyException();
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> VolumeMounts.requireEmpty(folder)).hasMessageContaining("not empty");
    }
}
