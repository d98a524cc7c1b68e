package io.drover.snapshotter.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.snapshotter.format.Checksum;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The register of a volume's bad blocks, a file of Drover's beside Longhorn's: checksum to what is wrong with it. A backup takes these blocks
 * for absent.
 */
public final class BadBlocks {
    public static final BadBlocks NONE = new BadBlocks(Map.of());

    private static final int VERSION = 1;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<Checksum, String> problems;

    private BadBlocks(Map<Checksum, String> problems) {
        this.problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    public boolean contains(Checksum checksum) {
        return problems.containsKey(checksum);
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public int size() {
        return problems.size();
    }

    /** Checksum to what is wrong with it. */
    public Map<Checksum, String> problems() {
        return problems;
    }

    /** With more of them. */
    public BadBlocks with(Map<Checksum, String> more) {
        Map<Checksum, String> all = new LinkedHashMap<>(problems);
        all.putAll(more);
        return new BadBlocks(all);
    }

    /** Without those that are good again, or gone. */
    public BadBlocks without(Collection<Checksum> good) {
        Map<Checksum, String> rest = new LinkedHashMap<>(problems);
        good.forEach(rest::remove);
        return new BadBlocks(rest);
    }

    static BadBlocks parse(String volume, byte[] json) {
        try {
            JsonNode register = MAPPER.readTree(json);
            if (register.path("version").asInt(0) != VERSION
                    || !register.path("blocks").isArray()) {
                throw damaged(volume, null);
            }
            Map<Checksum, String> problems = new LinkedHashMap<>();
            for (JsonNode block : register.path("blocks")) {
                problems.put(
                        Checksum.find(block.path("checksum").asText("")).orElseThrow(() -> damaged(volume, null)),
                        block.path("problem").asText(""));
            }
            return new BadBlocks(problems);
        } catch (IOException e) {
            throw damaged(volume, e);
        }
    }

    private static StorageException damaged(String volume, @Nullable IOException cause) {
        String message = "the register of bad blocks of volume " + volume
                + " is damaged, or of a newer version; remove drover/bad-blocks.json in the volume's folder of the store and verify its"
                + " backups";
        return cause == null
                ? StorageException.corrupt(message)
                : new StorageException(ErrorCode.CORRUPT, message, cause);
    }

    byte[] bytes() {
        ObjectNode register = MAPPER.createObjectNode().put("version", VERSION);
        ArrayNode blocks = register.putArray("blocks");
        problems.forEach((checksum, problem) ->
                blocks.addObject().put("checksum", checksum.toString()).put("problem", problem));
        try {
            return MAPPER.writeValueAsBytes(register);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write JSON in memory", e);
        }
    }

    @Override
    public String toString() {
        return problems.size() + " bad blocks";
    }
}
