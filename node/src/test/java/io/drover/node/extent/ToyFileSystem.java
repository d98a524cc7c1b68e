package io.drover.node.extent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A copy-on-write file system in memory, with blocks of one byte: the model that the comparison is tested against. */
final class ToyFileSystem {
    private final Random random;
    private final List<Byte> disk = new ArrayList<>();
    private final Map<Integer, Integer> references = new HashMap<>();

    ToyFileSystem(Random random) {
        this.random = random;
    }

    /** A file: for each byte its place on disk, or -1 for a hole. */
    record File(int[] places) {
        File copy(int size) {
            int[] copy = java.util.Arrays.copyOf(places, size);
            for (int i = places.length; i < size; i++) {
                copy[i] = -1;
            }
            return new File(copy);
        }
    }

    File empty(int size) {
        return new File(new int[0]).copy(size);
    }

    File copy(File file, int size) {
        File copy = file.copy(size);
        for (int place : copy.places) {
            references.computeIfPresent(place, (p, count) -> count + 1);
        }
        return copy;
    }

    /** Writes one byte: in place if no other file refers to it, else to a place that is free. */
    void write(File file, int at, byte content) {
        int place = file.places[at];
        if (place >= 0 && references.getOrDefault(place, 0) == 1) {
            disk.set(place, content);
            return;
        }
        free(file, at);
        file.places[at] = allocated(content);
    }

    void free(File file, int at) {
        int place = file.places[at];
        file.places[at] = -1;
        if (place >= 0) {
            references.merge(place, -1, Integer::sum);
        }
    }

    /** Gives all places of a file back, so that others use them again. */
    void delete(File file) {
        for (int i = 0; i < file.places.length; i++) {
            free(file, i);
        }
    }

    private int allocated(byte content) {
        for (int place = 0; place < disk.size(); place++) {
            if (references.getOrDefault(place, 0) == 0) {
                disk.set(place, content);
                references.put(place, 1);
                return place;
            }
        }
        disk.add(content);
        references.put(disk.size() - 1, 1);
        return disk.size() - 1;
    }

    byte content(File file, int at) {
        return at >= file.places.length || file.places[at] < 0 ? 0 : disk.get(file.places[at]);
    }

    /** The extents as a file system may show them: split anywhere. */
    ExtentMap map(File file) {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < file.places.length; i++) {
            if (file.places[i] < 0) {
                continue;
            }
            Extent last = extents.isEmpty() ? null : extents.getLast();
            if (last != null
                    && last.end() == i
                    && last.physical() + last.length() == file.places[i]
                    && random.nextInt(4) > 0) {
                extents.set(extents.size() - 1, new Extent(last.offset(), last.physical(), last.length() + 1, true));
            } else {
                extents.add(new Extent(i, file.places[i], 1, true));
            }
        }
        return new ExtentMap(file.places.length, extents);
    }
}
