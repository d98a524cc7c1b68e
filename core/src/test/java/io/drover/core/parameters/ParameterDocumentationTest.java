package io.drover.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ParameterDocumentationTest {
    private static final Path FILE = Path.of("../docs/parameters.md");

    /** After a change of the keys: {@code ./mvnw -pl core -am test -Dtest=ParameterDocumentationTest -Ddrover.generate=true}. */
    @Test
    void theDocumentationIsWhatTheCodeSays() throws IOException {
        String generated = ParameterDocumentation.markdown();
        if (Boolean.getBoolean("drover.generate")) {
            Files.writeString(FILE, generated);
        }

        assertThat(FILE).as("written anew with -Ddrover.generate=true").hasContent(generated.stripTrailing());
    }
}
