package io.drover.snapshotter.testing;

import io.drover.core.exec.Command;
import io.drover.core.exec.LocalCommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority that exists for one certificate of a server, made by the JDK's keytool. */
final class TrialAuthority {
    static final String PASSWORD = "only-for-tests";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;

    /** Makes it, and the server's certificate for these names. */
    TrialAuthority(Path folder, List<String> names) {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=authority of a test", "-ext", "bc:c");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=" + names.getFirst(),
                "-signer",
                "ca",
                "-ext",
                "san="
                        + String.join(
                                ",", names.stream().map(name -> "dns:" + name).toList()));
        keytool("-exportcert", "-rfc", "-alias", "ca", "-file", certificate().toString());
        keytool("-delete", "-alias", "ca");
    }

    /** The server's key and certificates, with {@link #PASSWORD}. */
    Path keys() {
        return folder.resolve("server.p12");
    }

    /** The authority's certificate, for {@code AWS_CERT}. */
    String pem() throws IOException {
        return Files.readString(certificate());
    }

    private Path certificate() {
        return folder.resolve("authority.pem");
    }

    private void keytool(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.getFirst().equals("-genkeypair")) {
            all.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        all.addAll(List.of("-keystore", keys().toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var _ = LocalCommandRunner.ofHost().run(Command.of("make a certificate", LIMIT, program, all));
    }
}
