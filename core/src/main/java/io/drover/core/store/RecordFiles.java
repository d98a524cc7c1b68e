package io.drover.core.store;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.file.AtomicFile;
import io.drover.core.file.Directories;
import io.drover.core.resources.KeyDigest;
import io.drover.core.resources.Kind;
import io.drover.core.resources.ResourceFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The YAML files of a {@link DirectoryStore}: one folder per kind, one file per record. */
final class RecordFiles implements RecordCache.Journal {
    private static final Logger log = LoggerFactory.getLogger(RecordFiles.class);
    private static final String SUFFIX = ".yaml";
    private static final String TEMPORARY_SUFFIX = ".tmp";
    private static final int SHOWN_PROBLEMS = 10;

    /** A file's name has at most 255 bytes on Linux, and the temporary one beside it five more than the file. */
    private static final int MAX_NAME = 240;

    private final Path directory;
    private final ResourceFormat format = new ResourceFormat();

    RecordFiles(Path directory) {
        this.directory = directory;
        for (Kind kind : Kind.values()) {
            Directories.create(directory.resolve(kind.folder()));
        }
    }

    /**
     * Every record there is; removes what interrupted writes left.
     *
     * @throws StorageException CORRUPT naming all files that cannot be read
     */
    List<Stored<?>> readAll() {
        List<Entry> entries = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            files(kind).forEach(file -> entries.add(new Entry(kind, file)));
        }
        List<Stored<?>> records = Collections.synchronizedList(new ArrayList<>());
        List<String> problems = Collections.synchronizedList(new ArrayList<>());
        // In parallel, as this is most of what a start with thousands of volumes has to do.
        entries.parallelStream().forEach(entry -> {
            try {
                read(entry.kind(), entry.file()).ifPresent(records::add);
            } catch (StorageException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        });
        if (!problems.isEmpty()) {
            throw new StorageException(
                    ErrorCode.CORRUPT, text(problems.stream().sorted().toList()));
        }
        return records;
    }

    private record Entry(Kind kind, Path file) {}

    private static String text(List<String> problems) {
        int hidden = problems.size() - SHOWN_PROBLEMS;
        return String.join("\n", problems.subList(0, Math.min(SHOWN_PROBLEMS, problems.size())))
                + (hidden > 0 ? "\nand " + hidden + " more" : "");
    }

    @Override
    public void keep(Kind kind, Stored<?> record) {
        new AtomicFile(path(kind, record.value().key())).writeText(format.write(record.value(), record.version()));
    }

    @Override
    public void remove(Kind kind, String key) {
        new AtomicFile(path(kind, key)).delete();
    }

    @Override
    public Optional<Stored<?>> reload(Kind kind, String key) {
        return read(kind, path(kind, key));
    }

    /** The file's name for a key: the key itself, or for a very long one its beginning and a digest of the whole. */
    static String fileName(String key) {
        if (key.length() <= MAX_NAME - SUFFIX.length()) {
            return key + SUFFIX;
        }
        String digest = KeyDigest.of(key, 8);
        return key.substring(0, MAX_NAME - SUFFIX.length() - digest.length() - 1) + "~" + digest + SUFFIX;
    }

    private Path path(Kind kind, String key) {
        return directory.resolve(kind.folder()).resolve(fileName(key));
    }

    private Optional<Stored<?>> read(Kind kind, Path file) {
        return new AtomicFile(file).readText().map(text -> {
            ResourceFormat.Versioned read = format.read(kind, text, file.toString());
            String name = fileName(read.value().key());
            if (!file.endsWith(name)) {
                throw StorageException.corrupt("cannot read " + file + ": it is the record of "
                        + read.value().key() + "; name it " + name + ", or move it away if it is a copy");
            }
            return new Stored<>(read.value(), read.version());
        });
    }

    private List<Path> files(Kind kind) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> entries = Files.list(directory.resolve(kind.folder()))) {
            for (Path entry : (Iterable<Path>) entries.sorted()::iterator) {
                String name = entry.getFileName().toString();
                if (name.startsWith(".") && name.endsWith(SUFFIX + TEMPORARY_SUFFIX)) {
                    Files.deleteIfExists(entry);
                } else if (name.endsWith(SUFFIX) && !name.startsWith(".")) {
                    files.add(entry);
                } else {
                    log.atWarn().addKeyValue("file", entry).log("not one of Drover's files; left alone");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory.resolve(kind.folder()), e);
        }
        return files;
    }
}
