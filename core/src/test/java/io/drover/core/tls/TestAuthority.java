package io.drover.core.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority made with the JDK's keytool, and TLS folders signed by it. */
public final class TestAuthority {
    private static final String PASSWORD = "only-for-tests";

    private final Path folder;
    private int number;

    /** Makes one in the folder. */
    public TestAuthority(Path folder) {
        this.folder = folder;
        keytool(
                List.of("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-groupname", "secp256r1", "-dname")
                        .toArray(String[]::new),
                "CN=authority of " + folder.getFileName(),
                "-ext",
                "bc:c",
                "-validity",
                "30");
    }

    /** A folder for this name, valid from now on. */
    public Path issue(Path target, String name) {
        return issue(target, name, "-1d", 10, "EC");
    }

    /** @param start relative to now, as keytool takes it: {@code -10d} */
    public Path issue(Path target, String name, String start, int days, String algorithm) {
        String alias = "k" + ++number;
        List<String> key = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", algorithm));
        key.addAll(algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048"));
        key.addAll(List.of("-dname", "CN=" + name, "-validity", "3"));
        keytool(key.toArray(String[]::new));
        Path request = folder.resolve(alias + ".csr");
        Path signed = folder.resolve(alias + ".crt");
        Path authority = folder.resolve("ca.pem");
        keytool("-certreq", "-alias", alias, "-file", request.toString());
        keytool(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-ext",
                "san=dns:" + name,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days));
        keytool("-exportcert", "-rfc", "-alias", "ca", "-file", authority.toString());
        try {
            Files.createDirectories(target);
            Files.writeString(target.resolve(TlsFolder.KEY), key(alias));
            Files.copy(
                    signed, target.resolve(TlsFolder.CERTIFICATE), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.copy(
                    authority, target.resolve(TlsFolder.AUTHORITY), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String key(String alias) {
        try {
            KeyStore store = KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD.toCharArray());
            byte[] der = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keytool(String[] first, String... rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(rest));
        keytool(all.toArray(String[]::new));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", folder.resolve("store.p12").toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
