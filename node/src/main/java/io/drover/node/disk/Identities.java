package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.fault.FaultPoints;
import io.drover.core.model.DiskId;
import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Writes identities into empty places, and accepts or refuses those that are found. */
final class Identities {
    private final KnownDisks known;
    private final Clock clock;
    private final FaultPoints faults;

    Identities(KnownDisks known, Clock clock, FaultPoints faults) {
        this.known = known;
        this.clock = clock;
        this.faults = faults;
    }

    /** Makes a disk of an empty place. */
    Place initialise(DiskId id, Path root, Path host, DiskEngine engine, DiskKind kind) {
        faults.reach("disk.initialise.announced");
        DiskIdentity.file(root)
                .write(new DiskIdentity(id.value(), known.installation(), engine.text(), clock.instant()));
        faults.reach("disk.initialise.identified");
        return new Place(id, root, host, engine, kind);
    }

    /**
     * Takes the disk whose identity is at the root.
     *
     * @throws StorageException if it is another installation's, or not the disk that is expected at this path
     */
    Place accept(DiskConfiguration configuration, Path root, Path host, DiskEngine engine, DiskKind kind) {
        MetadataFile<DiskIdentity> file = DiskIdentity.file(root);
        DiskIdentity identity = file.read()
                .orElseThrow(() -> StorageException.unavailable("the identity file " + file.path() + " is gone"));
        DiskId id = identity.id();
        boolean adopted = configuration.adopt().equals(Optional.of(id));
        if (!identity.engine().equals(engine.text())) {
            throw StorageException.unsupported("disk " + id + " was made on " + identity.engine() + " and is on "
                    + engine.text() + " now: it was copied; move the volumes by their images instead");
        }
        if (!identity.installation().equals(known.installation())) {
            if (!adopted) {
                throw StorageException.existsDifferent("disk " + id + " at " + configuration.path()
                        + " belongs to another installation of Drover; to take it over, with its volumes, add adopt="
                        + id);
            }
            file.write(new DiskIdentity(identity.uuid(), known.installation(), identity.engine(), identity.created()));
            faults.reach("disk.adopt.identified");
        }
        Optional<DiskId> expected = known.at(configuration.path());
        if (expected.isPresent() && !expected.get().equals(id) && !known.knows(id) && !adopted) {
            throw StorageException.existsDifferent("disk " + expected.get() + " is expected at " + configuration.path()
                    + " and disk " + id + " is there; put the old one back, or add adopt=" + id);
        }
        return new Place(id, root, host, engine, kind);
    }
}
