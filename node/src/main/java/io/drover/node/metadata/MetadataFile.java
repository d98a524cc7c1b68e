package io.drover.node.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.drover.core.error.StorageException;
import io.drover.core.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One versioned JSON file that is replaced as a whole. Unknown fields are passed over: formats only grow, and what an older program
 * cannot understand raises the version.
 *
 * @param <T> a record, one component per field; one that files of older versions lack is an Optional
 */
public final class MetadataFile<T> {
    private static final String VERSION = "formatVersion";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .build();

    private final AtomicFile file;
    private final Class<T> type;
    private final int version;

    /**
     * @param type the record
     * @param version written with it, and the newest one that is read
     */
    public MetadataFile(Path path, Class<T> type, int version) {
        this.file = new AtomicFile(path);
        this.type = type;
        this.version = version;
    }

    public Path path() {
        return file.path();
    }

    /**
     * The content, or empty if there surely is no such file.
     *
     * @throws StorageException CORRUPT if it is not what was once written, UNSUPPORTED if a newer program wrote it, UNAVAILABLE if it
     *     cannot be read
     */
    public Optional<T> read() {
        try {
            return file.read().map(this::decode);
        } catch (UncheckedIOException e) {
            throw DiskFailure.of("cannot read " + path(), e);
        }
    }

    /**
     * Replaces the content; durable when this returns.
     *
     * @throws StorageException NO_SPACE or UNAVAILABLE if the disk refuses; the old content is intact
     */
    public void write(T content) {
        try {
            ObjectNode versioned = MAPPER.createObjectNode().put(VERSION, version);
            versioned.setAll(MAPPER.<ObjectNode>valueToTree(content));
            file.write(MAPPER.writeValueAsBytes(versioned));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + path() + " as JSON", e);
        } catch (UncheckedIOException e) {
            throw DiskFailure.of("cannot write " + path(), e);
        }
    }

    private T decode(byte[] bytes) {
        try {
            JsonNode content = MAPPER.readTree(bytes);
            int found = content.path(VERSION).asInt(0);
            if (found > version) {
                throw StorageException.unsupported(path() + " has the format version " + found
                        + ", this program knows up to " + version + "; use the newer program that wrote it");
            }
            if (found < 1) {
                throw StorageException.corrupt(path() + " has no format version; restore the file, or set it aside");
            }
            T value = MAPPER.treeToValue(content, type);
            if (value == null) {
                throw StorageException.corrupt(path() + " is empty; restore the file, or set it aside");
            }
            return value;
        } catch (IOException e) {
            throw corrupt(e);
        }
    }

    private StorageException corrupt(IOException cause) {
        String problem = cause instanceof JsonProcessingException json ? json.getOriginalMessage() : cause.toString();
        return StorageException.corrupt(path() + " is damaged: " + problem + "; restore the file, or set it aside");
    }
}
