package io.drover.core.kubernetes;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.resources.Kind;
import io.drover.core.resources.KubernetesFormat;
import io.drover.core.resources.ObjectRead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the second of the two writes: shows in {@code status} what the record says already. Failing is no failure of the record. */
final class Publisher {
    static final String STATUS = "/status";

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);

    private final RecordObjects objects;
    private final KubernetesFormat format;
    private final Mirrors mirrors;
    private final FaultPoints faults;

    Publisher(RecordObjects objects, KubernetesFormat format, Mirrors mirrors, FaultPoints faults) {
        this.objects = objects;
        this.format = format;
        this.mirrors = mirrors;
        this.faults = faults;
    }

    /** Shows the state, if it is not shown yet. Returns the object as it is then; as it was, if that did not succeed. */
    ObjectRead.Readable publish(Kind kind, ObjectRead.Readable object) {
        if (object.published()) {
            return object;
        }
        try {
            ObjectRead shown = objects.changed(kind, object.name(), STATUS, format.writeStatus(object, object.value()));
            mirrors.of(kind).put(shown);
            faults.reach("kubernetes.status-written");
            return shown instanceof ObjectRead.Readable readable ? readable : object;
        } catch (StorageException e) {
            log.atDebug()
                    .addKeyValue("kind", kind.plural())
                    .addKeyValue("name", object.name())
                    .log("the status will be shown later: " + e.getMessage());
            return object;
        }
    }
}
