package io.drover.node.freeze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.core.file.AtomicFile;
import io.drover.core.file.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that say what is frozen now: {@code <directory>/<id>.json}. */
final class FreezeRecords {
    private static final Logger log = LoggerFactory.getLogger(FreezeRecords.class);
    private static final String SUFFIX = ".json";

    private final Path directory;
    private final ObjectMapper json = new ObjectMapper();

    FreezeRecords(Path directory) {
        this.directory = directory;
    }

    void write(String id, FreezeRecord value) {
        Directories.create(directory);
        try {
            file(id).write(json.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts and numbers can be written", e);
        }
    }

    void delete(String id) {
        file(id).delete();
    }

    /** All records that can be read, by id. One that cannot is reported, stays, and does not stop the others. */
    Map<String, FreezeRecord> list() {
        Map<String, FreezeRecord> records = new TreeMap<>();
        if (!Files.isDirectory(directory)) {
            return records;
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .forEach(id -> read(id).ifPresent(value -> records.put(id, value)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the freezes in " + directory, e);
        }
        return records;
    }

    private Optional<FreezeRecord> read(String id) {
        try {
            FreezeRecord value = json.readValue(file(id).read().orElseThrow(), FreezeRecord.class);
            if (value.formatVersion() == FreezeRecord.FORMAT) {
                return Optional.of(value);
            }
            log.atError()
                    .addKeyValue("file", file(id).path())
                    .log("a freeze was recorded by a newer version; thaw by hand");
        } catch (IOException | RuntimeException e) {
            log.atError()
                    .addKeyValue("file", file(id).path())
                    .setCause(e)
                    .log("a freeze record cannot be read; thaw by hand");
        }
        return Optional.empty();
    }

    private AtomicFile file(String id) {
        return new AtomicFile(directory.resolve(id + SUFFIX));
    }
}
