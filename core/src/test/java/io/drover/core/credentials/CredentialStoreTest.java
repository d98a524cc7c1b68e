package io.drover.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialStoreTest {
    private static final Map<String, String> KEYS =
            Map.of("AWS_SECRET_ACCESS_KEY", "s3cr=t: \\ä\n", "AWS_CERT", "-----BEGIN\nx\n", "format", "7");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysComeBackUntilTheyAreDeleted(boolean onDisk) {
        Supplier<CredentialStore> open = onDisk ? () -> new DirectoryCredentialStore(directory.resolve("c")) : keep();
        CredentialStore store = open.get();
        assertThat(store.find("default")).isEmpty();

        store.put("default", Map.of("old", "x"));
        store.put("default", KEYS);

        assertThat(open.get().find("default")).contains(KEYS);
        assertThat(store.find("other")).isEmpty();
        store.delete("default");
        store.delete("default");
        assertThat(open.get().find("default")).isEmpty();
    }

    private static Supplier<CredentialStore> keep() {
        CredentialStore store = new InMemoryCredentialStore();
        return () -> store;
    }

    @Test
    void nobodyElseMayReadThem() throws IOException {
        new DirectoryCredentialStore(directory.resolve("c")).put("default", KEYS);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("c"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("c/default.properties"))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", ".", "A"})
    void aNameThatIsAPathIsRefused(String name) {
        CredentialStore store = new DirectoryCredentialStore(directory.resolve("c"));
        assertThatThrownBy(() -> store.put(name, KEYS)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> store.find(name)).isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "format=2", "key.a=hunter2", "format=1\nkey.a=\\uZZhunter2"})
    void aDamagedFileIsAnErrorThatDoesNotQuoteIt(String text) throws IOException {
        CredentialStore store = new DirectoryCredentialStore(directory.resolve("c"));
        Files.writeString(directory.resolve("c/default.properties"), text);

        assertThatThrownBy(() -> store.find("default"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("default.properties")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }
}
