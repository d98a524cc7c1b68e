package io.drover.node.disk;

import io.drover.core.file.Directories;
import io.drover.core.model.DiskId;
import io.drover.node.metadata.MetadataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What this installation remembers of its disks, in {@code <state directory>/disks.json}: which disk was where, and which places it has
 * announced to initialise. An empty place where a disk was before is a missing disk, and not a new one.
 */
public final class KnownDisks {
    private static final String FILE = "disks.json";
    private static final int VERSION = 1;

    private final MetadataFile<Content> file;
    private final Supplier<String> ids;
    private Content content;

    /** @param at where it was last; empty if another disk has taken its place */
    record Known(String uuid, String at) {}

    /** @param uuid that the disk will have, once it is initialised */
    record Intent(String at, String uuid) {}

    record Content(String installation, List<Known> disks, List<Intent> intents) {}

    private KnownDisks(MetadataFile<Content> file, Supplier<String> ids, Content content) {
        this.file = file;
        this.ids = ids;
        this.content = content;
    }

    /**
     * Reads the memory, or begins one with a new installation id.
     *
     * @param ids of new installations and disks: uuids, since they become those of file systems
     */
    public static KnownDisks open(Path stateDirectory, Supplier<String> ids) {
        Directories.create(stateDirectory);
        var file = new MetadataFile<>(stateDirectory.resolve(FILE), Content.class, VERSION);
        Optional<Content> found = file.read();
        if (found.isEmpty()) {
            Content fresh = new Content(ids.get(), List.of(), List.of());
            file.write(fresh);
            return new KnownDisks(file, ids, fresh);
        }
        return new KnownDisks(file, ids, found.get());
    }

    /** Written into the identity of every disk that is ours. */
    public synchronized String installation() {
        return content.installation;
    }

    /** The disk that was last at this path. */
    public synchronized Optional<DiskId> at(Path path) {
        return content.disks.stream()
                .filter(known -> known.at.equals(path.toString()))
                .map(known -> new DiskId(known.uuid))
                .findFirst();
    }

    /** Whether the disk was ever initialised or accepted here. */
    public synchronized boolean knows(DiskId id) {
        return content.disks.stream().anyMatch(known -> known.uuid.equals(id.value()));
    }

    /** The disk that is being initialised at this path. */
    synchronized Optional<DiskId> intended(Path path) {
        return content.intents.stream()
                .filter(intent -> intent.at.equals(path.toString()))
                .map(intent -> new DiskId(intent.uuid))
                .findFirst();
    }

    /** Announces that an empty place is going to be initialised; the same place gets the same id again until {@link #remember}. */
    synchronized DiskId intend(Path path) {
        Optional<DiskId> before = intended(path);
        if (before.isPresent()) {
            return before.get();
        }
        DiskId id = new DiskId(ids.get());
        List<Intent> intents = new ArrayList<>(content.intents);
        intents.add(new Intent(path.toString(), id.value()));
        replace(new Content(content.installation, content.disks, intents));
        return id;
    }

    /** The disk is initialised and here. Another one that was here before is known still, without a place. */
    synchronized void remember(DiskId id, Path path) {
        if (at(path).equals(Optional.of(id)) && intended(path).isEmpty()) {
            return;
        }
        List<Known> disks = new ArrayList<>();
        for (Known known : content.disks) {
            if (!known.uuid.equals(id.value())) {
                disks.add(known.at.equals(path.toString()) ? new Known(known.uuid, "") : known);
            }
        }
        disks.add(new Known(id.value(), path.toString()));
        List<Intent> intents = content.intents.stream()
                .filter(intent -> !intent.at.equals(path.toString()))
                .toList();
        replace(new Content(content.installation, disks, intents));
    }

    /** The user says that this disk does not come back. */
    synchronized void forget(DiskId id) {
        if (knows(id)) {
            List<Known> disks = content.disks.stream()
                    .filter(known -> !known.uuid.equals(id.value()))
                    .toList();
            replace(new Content(content.installation, disks, content.intents));
        }
    }

    private void replace(Content next) {
        file.write(next);
        content = next;
    }
}
