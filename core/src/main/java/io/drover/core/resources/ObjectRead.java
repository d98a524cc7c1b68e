package io.drover.core.resources;

import io.drover.core.error.StorageException;
import io.drover.core.model.Resource;
import java.time.Instant;
import java.util.List;

/** An object of the Kubernetes API, as it was read. */
public sealed interface ObjectRead {
    String name();

    /** Never used again, not even for an object of the same name. */
    String uid();

    /**
     * {@code metadata.resourceVersion}. Versions of objects of a kind can be compared (Kubernetes, "Comparable resource versions",
     * KEP-5504); they grow with every write.
     */
    long version();

    /**
     * One that is a record.
     *
     * @param generation counts the changes of {@code spec}
     * @param annotated whether it has any annotation
     * @param published whether {@code status} shows the record's state; else that lies in an annotation only
     * @param conditions that it shows
     * @param lastBackup of a volume: when its latest backup was completed, as it is shown; or empty
     */
    record Readable(
            String name,
            String uid,
            long version,
            long generation,
            boolean annotated,
            boolean published,
            List<Condition> conditions,
            String lastBackup,
            Resource value)
            implements ObjectRead {
        public Readable {
            conditions = List.copyOf(conditions);
        }
    }

    /** One that this version does not understand; it is left as it is. */
    record Unreadable(String name, String uid, long version, StorageException problem) implements ObjectRead {}

    /** A condition in the manner of Kubernetes. */
    record Condition(String type, String status, String reason, String message, Instant since) {}
}
