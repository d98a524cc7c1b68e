package io.drover.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the files below a directory contain, to be compared with what they contained at another time.
 *
 * @param checksums SHA-256 in hexadecimal digits by path relative to the directory
 */
public record Manifest(SortedMap<String, String> checksums) {
    /** Made by mkfs, not by whoever wrote the files. */
    private static final String NOT_OURS = "lost+found";

    private static final int BUFFER = 1 << 20;
    private static final int SHOWN_DIGITS = 12;

    public Manifest {
        checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
    }

    /** Reads every regular file below the directory. Blocks while it reads. */
    public static Manifest of(Path directory) throws IOException {
        SortedMap<String, String> checksums = new TreeMap<>();
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path top : entries.filter(path -> !path.endsWith(NOT_OURS)).toList()) {
                try (Stream<Path> files = Files.walk(top)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        checksums.put(directory.relativize(file).toString(), checksum(file));
                    }
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Manifest(checksums);
    }

    /** SHA-256 of one file's bytes, in hexadecimal digits. */
    public static String checksum(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** This manifest without one of its files. */
    public Manifest without(String file) {
        SortedMap<String, String> rest = new TreeMap<>(checksums);
        rest.remove(file);
        return new Manifest(rest);
    }

    /** In which files this differs from what was expected, one short phrase for each; empty if in none. */
    public List<String> differencesFrom(Manifest expected) {
        List<String> differences = new ArrayList<>();
        expected.checksums.forEach((file, checksum) -> {
            String found = checksums.get(file);
            if (found == null) {
                differences.add(file + " is missing");
            } else if (!found.equals(checksum)) {
                differences.add(file + " has other bytes");
            }
        });
        checksums.keySet().stream()
                .filter(file -> !expected.checksums.containsKey(file))
                .forEach(file -> differences.add(file + " should not be there"));
        return differences;
    }

    public int files() {
        return checksums.size();
    }

    /** The first digits of one checksum over all names and checksums, to be shown to a person. */
    public String fingerprint() {
        MessageDigest digest = sha256();
        checksums.forEach(
                (file, checksum) -> digest.update((checksum + "  " + file + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
