package io.drover.node.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.drover.core.error.StorageException;
import io.drover.core.file.AtomicFile;
import io.drover.core.file.Directories;
import io.drover.core.model.VolumeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel cannot know about the places where volumes are published: one small file per volume,
 * {@code <directory>/<volume>.json}. Whether a place is mounted is never read from here. Called inside of the volume's guard, but for
 * reading.
 */
public final class Publications {
    private static final int FORMAT = 1;

    private final Path directory;
    private final ObjectMapper json = new ObjectMapper().registerModule(new Jdk8Module());

    /** The directory is made when it is first needed. */
    public Publications(Path directory) {
        this.directory = directory;
    }

    private record Content(int formatVersion, List<Publication> publications) {}

    /** All that is recorded of a volume, in the order of publishing. */
    public List<Publication> of(VolumeId volume) {
        Optional<byte[]> bytes = file(volume).read();
        if (bytes.isEmpty()) {
            return List.of();
        }
        try {
            Content content = json.readValue(bytes.get(), Content.class);
            if (content.formatVersion() != FORMAT) {
                throw StorageException.corrupt(file(volume).path() + " has format " + content.formatVersion()
                        + ", this program knows " + FORMAT + "; use a newer one");
            }
            return content.publications();
        } catch (IOException e) {
            throw StorageException.corrupt("cannot read " + file(volume).path() + " (" + e.getMessage()
                    + "); it only says which pods use the volume: remove it if none does");
        }
    }

    public Optional<Publication> find(VolumeId volume, Path target) {
        return of(volume).stream()
                .filter(publication -> publication.target().equals(target.toString()))
                .findFirst();
    }

    /** Keeps a publication, in place of an earlier one of the same target. */
    void put(VolumeId volume, Publication publication) {
        List<Publication> all = without(volume, Path.of(publication.target()));
        all.add(publication);
        write(volume, all);
    }

    /** Forgets a target. An unknown one is fine. */
    void remove(VolumeId volume, Path target) {
        List<Publication> left = without(volume, target);
        if (left.isEmpty()) {
            file(volume).delete();
        } else if (left.size() < of(volume).size()) {
            write(volume, left);
        }
    }

    /** Forgets the volume. */
    void removeAll(VolumeId volume) {
        file(volume).delete();
    }

    private List<Publication> without(VolumeId volume, Path target) {
        List<Publication> others = new ArrayList<>(of(volume));
        others.removeIf(publication -> publication.target().equals(target.toString()));
        return others;
    }

    private void write(VolumeId volume, List<Publication> publications) {
        Directories.create(directory);
        try {
            file(volume).write(json.writeValueAsBytes(new Content(FORMAT, publications)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts can be written", e);
        }
    }

    private AtomicFile file(VolumeId volume) {
        return new AtomicFile(directory.resolve(volume.value() + ".json"));
    }
}
