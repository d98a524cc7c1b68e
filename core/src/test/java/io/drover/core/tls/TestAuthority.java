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
import java.util.Map;

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
        List<String> key =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-signer", "ca", "-keyalg", algorithm));
        key.addAll(algorithm.equals("EC") ? List.of("-groupname", "secp256r1") : List.of("-keysize", "2048"));
        key.addAll(List.of("-dname", "CN=" + name, "-ext", "san=dns:" + name));
        key.addAll(List.of("-startdate", start, "-validity", Integer.toString(days)));
        keytool(key.toArray(String[]::new));
        try {
            KeyStore store = KeyStore.getInstance(folder.resolve("store.p12").toFile(), PASSWORD.toCharArray());
            byte[] secret = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
            Files.createDirectories(target);
            Files.writeString(target.resolve(TlsFolder.KEY), pem("PRIVATE KEY", secret));
            for (var certificate : Map.of(TlsFolder.CERTIFICATE, alias, TlsFolder.AUTHORITY, "ca")
                    .entrySet()) {
                byte[] encoded = store.getCertificate(certificate.getValue()).getEncoded();
                Files.writeString(target.resolve(certificate.getKey()), pem("CERTIFICATE", encoded));
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + what + "-----\n";
    }

    private void keytool(String[] first, String... rest) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(rest));
        keytool(all.toArray(String[]::new));
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-J-XX:TieredStopAtLevel=1");
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
