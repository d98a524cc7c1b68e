package io.drover.core.credentials;

import io.drover.core.error.StorageException;
import io.drover.core.file.AtomicFile;
import io.drover.core.file.Directories;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Keeps keys as files that only the owner may read, {@code <directory>/<name>.properties}, in a directory that only he may enter. One
 * process at a time, as for the records.
 */
public final class DirectoryCredentialStore implements CredentialStore {
    private static final String FORMAT = "format";
    private static final String VERSION = "1";
    private static final String PREFIX = "key.";
    /** The name becomes a path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

    private final Path directory;

    /** Makes the directory if it is missing. */
    public DirectoryCredentialStore(Path directory) {
        this.directory = directory;
        Directories.create(directory);
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot protect " + directory, e);
        }
    }

    @Override
    public Optional<Map<String, String>> find(String name) {
        AtomicFile file = file(name);
        return file.readText().map(text -> read(file.path(), text));
    }

    @Override
    public void put(String name, Map<String, String> credentials) {
        Properties properties = new Properties();
        properties.setProperty(FORMAT, VERSION);
        credentials.forEach((key, value) -> properties.setProperty(PREFIX + key, value));
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException("nothing can fail in memory", e);
        }
        file(name).writeText(text.toString());
    }

    @Override
    public void delete(String name) {
        file(name).delete();
    }

    private AtomicFile file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw StorageException.invalid("credentials cannot be kept under a name that is none of a backup target");
        }
        return new AtomicFile(directory.resolve(name + ".properties"));
    }

    private static Map<String, String> read(Path path, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw StorageException.corrupt(
                    "cannot read " + path + ": it is damaged; add the target again"); // no cause: it may quote
        }
        if (!VERSION.equals(properties.getProperty(FORMAT))) {
            throw StorageException.corrupt(
                    "cannot read " + path + ": its format is not known to this version; use the one that wrote it");
        }
        Map<String, String> credentials = new TreeMap<>();
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(PREFIX)) {
                credentials.put(key.substring(PREFIX.length()), properties.getProperty(key));
            }
        }
        return credentials;
    }
}
