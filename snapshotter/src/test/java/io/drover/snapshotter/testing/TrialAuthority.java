package io.drover.snapshotter.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority that exists for one certificate of a server, made by the JDK's keytool. */
final class TrialAuthority {
    static final String PASSWORD = "only-for-tests";

    private final Path folder;

    /** Makes it, and the server's certificate for these names. */
    TrialAuthority(Path folder, List<String> names) throws IOException {
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

    private void keytool(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (all.getFirst().equals("-genkeypair")) {
            all.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        all.addAll(List.of("-keystore", keys().toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        all.addFirst(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(all + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
