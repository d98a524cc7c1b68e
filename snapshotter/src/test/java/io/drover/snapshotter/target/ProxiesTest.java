package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {
    private static final URI HTTP = URI.create("http://proxy:3128");
    private static final URI HTTPS = URI.create("http://user:secret@proxy:3129");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://s3.example.org      | ''                    | https
            http://s3.example.org       | ''                    | http
            https://s3.example.org      | *                     | none
            https://s3.example.org      | example.org           | none
            https://example.org         | example.org           | none
            https://example.org         | .example.org          | https
            https://s3.example.org      | .example.org          | none
            https://s3.example.org      | *.example.org         | none
            https://badexample.org      | example.org           | https
            https://S3.Example.Org      | example.ORG           | none
            https://s3.example.org:9000 | s3.example.org:9000   | none
            https://s3.example.org:9001 | s3.example.org:9000   | https
            https://s3.example.org      | s3.example.org:443    | none
            https://s3.example.org      | 'a.b, example.org ,c' | none
            https://10.1.2.3            | 10.0.0.0/8            | none
            https://11.1.2.3            | 10.0.0.0/8            | https
            https://10.1.2.3            | 10.1.2.3              | none
            https://10.1.2.3:9000       | 10.1.2.3:9000         | none
            https://[fd00::17]:9000     | fd00::/8              | none
            https://[fd00::17]          | fd00::17              | none
            https://s3.example.org      | 10.0.0.0/8            | https
            http://localhost:9000       | ''                    | none
            http://127.0.0.1:9000       | ''                    | none
            """)
    void whichProxyAServerIsReachedBy(URI server, String noProxy, String which) {
        Optional<URI> proxy = new Proxies(Optional.of(HTTP), Optional.of(HTTPS), noProxy).forServer(server);

        assertThat(proxy)
                .isEqualTo(
                        switch (which) {
                            case "http" -> Optional.of(HTTP);
                            case "https" -> Optional.of(HTTPS);
                            default -> Optional.empty();
                        });
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(new Proxies(Optional.of(HTTP), Optional.of(HTTPS), "").toString())
                .doesNotContain("secret");
    }
}
