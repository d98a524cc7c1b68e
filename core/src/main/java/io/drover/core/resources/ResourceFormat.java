package io.drover.core.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Backup;
import io.drover.core.model.BackupTarget;
import io.drover.core.model.JobHistory;
import io.drover.core.model.RecurringJob;
import io.drover.core.model.Resource;
import io.drover.core.model.SettingsRecord;
import io.drover.core.model.Snapshot;
import io.drover.core.model.SnapshotGroup;
import io.drover.core.model.StorageNode;
import io.drover.core.model.Volume;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Writes records as YAML documents and reads them back. Safe for use by several threads. */
public final class ResourceFormat {
    /** The version of the format; raised when a field is added, and then this reads the older one too. */
    public static final String API_VERSION = "drover.io/v1alpha1";

    private final YAMLMapper mapper = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .stringQuotingChecker(new PlainText())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * A record with the version under which it was written.
     *
     * @param version grows with every write
     */
    public record Versioned(Resource value, long version) {}

    /** The document of a record. */
    public String write(Resource value, long version) {
        try {
            return mapper.writeValueAsString(tree(value, version));
        } catch (JsonProcessingException e) {
            throw StorageException.internal("cannot write " + value.key() + " as YAML", e);
        }
    }

    /** The same as a tree, for other forms of the document. */
    ObjectNode tree(Resource value, long version) {
        ObjectNode root = mapper.createObjectNode();
        root.put("apiVersion", API_VERSION);
        root.put("kind", Kind.of(value).text());
        ObjectNode metadata = root.putObject("metadata");
        metadata.put("name", value.key());
        metadata.put("resourceVersion", version);
        createdAt(value).ifPresent(time -> metadata.put("creationTimestamp", time.toString()));
        ObjectNode spec = root.putObject("spec");
        ObjectNode status = mapper.createObjectNode();
        switch (value) {
            case Volume volume -> VolumeFormat.write(volume, spec, status);
            case Snapshot snapshot -> SnapshotFormat.write(snapshot, spec, status);
            case SnapshotGroup group -> SnapshotFormat.write(group, spec, status);
            case Backup backup -> BackupFormat.write(backup, spec, status);
            case BackupTarget target -> BackupFormat.write(target, spec, status);
            case RecurringJob job -> JobFormat.write(job, spec);
            case JobHistory history -> JobFormat.write(history, spec, status);
            case StorageNode node -> StorageNodeFormat.write(node, spec, status);
            case SettingsRecord settings -> new TreeMap<>(settings.values()).forEach(spec.putObject("values")::put);
        }
        if (!status.isEmpty()) {
            root.set("status", status);
        }
        return root;
    }

    /**
     * Reads a document.
     *
     * @param place where it comes from, for messages
     * @throws StorageException CORRUPT if it is no such document, of another version, or not of this kind
     */
    public Versioned read(Kind kind, String text, String place) {
        try {
            return read(kind, mapper.readTree(text));
        } catch (JsonProcessingException e) {
            throw corrupt(place, "it is no YAML: " + e.getOriginalMessage(), e);
        } catch (StorageException e) {
            // Also INVALID and the like: what the model refuses cannot have been written by this program.
            throw corrupt(place, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a tree of the form of {@link #tree}.
     *
     * @throws StorageException of any code, naming the field
     */
    static Versioned read(Kind kind, JsonNode root) {
        Document document = new Document("", root);
        String apiVersion = document.text("apiVersion");
        if (!apiVersion.equals(API_VERSION)) {
            throw StorageException.corrupt("its format is " + apiVersion + ", this version knows " + API_VERSION);
        }
        String found = document.text("kind");
        if (!found.equals(kind.text())) {
            throw StorageException.corrupt("it is a " + found + " where a " + kind.text() + " should be");
        }
        Document metadata = document.object("metadata");
        Document spec = document.object("spec");
        Optional<Document> status = document.optionalObject("status");
        String name = metadata.text("name");
        long version = metadata.integer("resourceVersion");
        Resource value = switch (kind) {
            case VOLUME -> VolumeFormat.read(name, created(metadata), spec, required(status));
            case SNAPSHOT -> SnapshotFormat.read(created(metadata), spec, required(status));
            case GROUP -> SnapshotFormat.readGroup(name, created(metadata), spec, required(status));
            case SETTINGS -> new SettingsRecord(spec.textMap("values"));
            case BACKUP -> BackupFormat.read(created(metadata), spec, required(status));
            case BACKUP_TARGET -> BackupFormat.readTarget(name, created(metadata), spec, status);
            case RECURRING_JOB -> JobFormat.readJob(name, created(metadata), spec);
            case JOB_HISTORY -> JobFormat.readHistory(created(metadata), spec, required(status));
            case STORAGE_NODE -> StorageNodeFormat.read(name, created(metadata), spec, status);
        };
        if (!value.key().equals(name)) {
            throw StorageException.corrupt("metadata.name is " + name + ", but its content is of " + value.key());
        }
        spec.end();
        metadata.end();
        status.ifPresent(Document::end);
        document.end();
        return new Versioned(value, version);
    }

    private static Document required(Optional<Document> status) {
        return status.orElseThrow(() -> StorageException.corrupt("status is missing"));
    }

    private static Instant created(Document metadata) {
        return metadata.instant("creationTimestamp");
    }

    private static Optional<Instant> createdAt(Resource value) {
        return switch (value) {
            case Volume volume -> Optional.of(volume.createdAt());
            case Snapshot snapshot -> Optional.of(snapshot.createdAt());
            case SnapshotGroup group -> Optional.of(group.createdAt());
            case Backup backup -> Optional.of(backup.createdAt());
            case BackupTarget target -> Optional.of(target.createdAt());
            case RecurringJob job -> Optional.of(job.createdAt());
            case JobHistory history -> Optional.of(history.createdAt());
            case StorageNode node -> Optional.of(node.createdAt());
            case SettingsRecord _ -> Optional.empty();
        };
    }

    private static StorageException corrupt(String place, String problem, Exception cause) {
        return new StorageException(
                ErrorCode.CORRUPT,
                "cannot read " + place + ": " + problem
                        + "; repair it, use the version that wrote it, or move it away if it is not needed",
                cause);
    }
}
