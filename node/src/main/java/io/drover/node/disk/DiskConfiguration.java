package io.drover.node.disk;

import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One disk as the user gives it: {@code <path>[,tags=a+b][,size=50Gi][,engine=btrfs|xfs][,name=…][,adopt=<uuid>][,forget=<uuid>]}.
 *
 * @param path absolute and normalized: a directory or a block device
 * @param tags for a StorageClass's {@code diskSelector}; sorted, without repeats
 * @param size of the image file, where one has to be made; without it, a share of the free space
 * @param engine which file system to make, where one has to be made
 * @param name for people; without it, the path
 * @param adopt the disk that is to be accepted at this path although another installation made it, or another disk was here before
 * @param forget the disk that was at this path and will not come back, so that an empty place may be initialised anew
 */
public record DiskConfiguration(
        Path path,
        List<String> tags,
        Optional<ByteSize> size,
        Optional<DiskEngine> engine,
        Optional<String> name,
        Optional<DiskId> adopt,
        Optional<DiskId> forget) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}");
    static final ByteSize SMALLEST = ByteSize.ofMebi(512);
    private static final String FORM = "<path>[,tags=a+b][,size=50Gi][,engine=btrfs|xfs][,name=…]";

    public DiskConfiguration {
        path = path.normalize();
        tags = tags.stream().distinct().sorted().toList();
    }

    /** A disk at a path, with nothing else said. */
    public static DiskConfiguration at(Path path) {
        return new DiskConfiguration(
                path,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What people see: the name, or the path. */
    public String shown() {
        return name.orElse(path.toString());
    }

    /**
     * Reads the text form.
     *
     * @throws StorageException INVALID, with every mistake in one message
     */
    public static DiskConfiguration parse(String text) {
        return new Parser(text).parse();
    }

    /** Collects mistakes while it reads, so that the user sees all of them at once. */
    private static final class Parser {
        private final String text;
        private final List<String> mistakes = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private DiskConfiguration result = at(Path.of("/"));

        Parser(String text) {
            this.text = text;
        }

        DiskConfiguration parse() {
            String[] parts = text.split(",", -1);
            Path path = path(parts[0]);
            for (int i = 1; i < parts.length; i++) {
                int equals = parts[i].indexOf('=');
                String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
                String value = equals < 0 ? "" : parts[i].substring(equals + 1);
                if (value.isEmpty()) {
                    mistakes.add("\"" + parts[i] + "\" is not of the form key=value");
                } else if (!seen.add(key)) {
                    mistakes.add("\"" + key + "\" is given twice");
                } else {
                    option(key, value);
                }
            }
            if (!mistakes.isEmpty()) {
                throw StorageException.invalid(
                        "disk \"" + text + "\": " + String.join("; ", mistakes) + "; the form is " + FORM);
            }
            return new DiskConfiguration(
                    path, result.tags, result.size, result.engine, result.name, result.adopt, result.forget);
        }

        private Path path(String value) {
            try {
                Path path = Path.of(value);
                if (!path.isAbsolute()) {
                    mistakes.add("the path \"" + value + "\" is not absolute");
                } else if (path.normalize().getNameCount() == 0) {
                    mistakes.add("the root directory cannot be a disk; give an empty directory below it");
                }
                return path;
            } catch (InvalidPathException e) {
                mistakes.add("\"" + value + "\" is not a path: " + e.getReason());
                return Path.of("/");
            }
        }

        private void option(String key, String value) {
            DiskConfiguration r = result;
            switch (key) {
                case "tags" ->
                    result = new DiskConfiguration(r.path, tags(value), r.size, r.engine, r.name, r.adopt, r.forget);
                case "size" ->
                    result = new DiskConfiguration(r.path, r.tags, size(value), r.engine, r.name, r.adopt, r.forget);
                case "engine" ->
                    result = new DiskConfiguration(r.path, r.tags, r.size, engine(value), r.name, r.adopt, r.forget);
                case "name" ->
                    result = new DiskConfiguration(r.path, r.tags, r.size, r.engine, name(value), r.adopt, r.forget);
                case "adopt" ->
                    result = new DiskConfiguration(r.path, r.tags, r.size, r.engine, r.name, id(key, value), r.forget);
                case "forget" ->
                    result = new DiskConfiguration(r.path, r.tags, r.size, r.engine, r.name, r.adopt, id(key, value));
                default ->
                    mistakes.add("\"" + key + "\" is not known; known are tags, size, engine, name, adopt and forget");
            }
        }

        private List<String> tags(String value) {
            List<String> tags = List.of(value.split("\\+", -1));
            for (String tag : tags) {
                if (!TAG.matcher(tag).matches()) {
                    mistakes.add(
                            "tag \"" + tag + "\" is not usable; use up to 63 letters, digits and inner '-', '_', '.'");
                }
            }
            return tags;
        }

        private Optional<ByteSize> size(String value) {
            try {
                ByteSize size = ByteSize.parse(value);
                if (SMALLEST.isLargerThan(size)) {
                    mistakes.add("size " + size + " is too small; the least is " + SMALLEST);
                }
                return Optional.of(size);
            } catch (StorageException e) {
                mistakes.add("size " + e.getMessage());
                return Optional.empty();
            }
        }

        private Optional<DiskEngine> engine(String value) {
            Optional<DiskEngine> engine = DiskEngine.ofText(value);
            if (engine.isEmpty()) {
                mistakes.add("engine \"" + value + "\" is not known; write btrfs or xfs");
            }
            return engine;
        }

        private Optional<String> name(String value) {
            if (!NAME.matcher(value).matches()) {
                mistakes.add(
                        "name \"" + value + "\" is not usable; use up to 63 letters, digits, spaces, '-', '_', '.'");
            }
            return Optional.of(value);
        }

        private Optional<DiskId> id(String key, String value) {
            try {
                return Optional.of(new DiskId(value));
            } catch (StorageException e) {
                mistakes.add(key + ": " + e.getMessage());
                return Optional.empty();
            }
        }
    }
}
