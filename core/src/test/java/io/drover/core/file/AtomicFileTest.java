package io.drover.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void absentFileIsEmptyAndDeletedWithoutError() {
        var file = new AtomicFile(directory.resolve("a.json"));

        assertThat(file.readText()).isEmpty();
        file.delete();
    }

    @Test
    void writtenTextIsReadAgainAndNothingElseIsLeft() throws IOException {
        var file = new AtomicFile(directory.resolve("a.json"));

        file.writeText("old");
        file.writeText("new ü");

        assertThat(file.readText()).contains("new ü");
        try (var names = Files.list(directory)) {
            assertThat(names).containsExactly(file.path());
        }
        assertThat(Files.getPosixFilePermissions(file.path())).hasSize(2);
    }

    @Test
    void leftoverOfACrashIsOverwritten() throws IOException {
        Files.writeString(directory.resolve(".a.json.tmp"), "half of someth");
        var file = new AtomicFile(directory.resolve("a.json"));

        file.writeText("whole");

        assertThat(file.readText()).contains("whole");
        assertThat(directory.resolve(".a.json.tmp")).doesNotExist();
    }

    @Test
    void unreadableIsAnErrorAndNotAbsent() throws IOException {
        Files.createDirectory(directory.resolve("a.json"));

        assertThatThrownBy(() -> new AtomicFile(directory.resolve("a.json")).read())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("a.json");
    }

    @Test
    void deletedIsGone() {
        var file = new AtomicFile(directory.resolve("a.json"));
        file.writeText("x");

        file.delete();

        assertThat(file.path()).doesNotExist();
    }

    @Test
    void directoriesAreMadeWithTheirParents() {
        Directories.create(directory.resolve("a/b/c"));
        Directories.create(directory.resolve("a/b/c"));

        assertThat(directory.resolve("a/b/c")).isDirectory();
    }
}
