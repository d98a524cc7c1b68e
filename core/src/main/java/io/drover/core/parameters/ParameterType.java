package io.drover.core.parameters;

import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a value is written.
 *
 * @param description what is possible, for the documentation
 * @param reader throws INVALID with what would be right; the caller puts the key in front
 * @param writer text that {@code reader} reads to an equal value
 */
record ParameterType<T>(String description, Function<String, T> reader, Function<T, String> writer) {
    private static final Set<String> TRUE = Set.of("true", "1", "t");
    private static final Set<String> FALSE = Set.of("false", "0", "f");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern RESOURCE_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    static ParameterType<Integer> integer(int min, int max) {
        return new ParameterType<>(
                min + "–" + max,
                text -> {
                    String digits = text.strip();
                    int value = INTEGER.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
                    if (value < min || value > max) {
                        throw impossible(text, "give an integer from " + min + " to " + max);
                    }
                    return value;
                },
                String::valueOf);
    }

    /** True and false, in the spellings of Go's strconv.ParseBool, which existing manifests use. */
    static ParameterType<Boolean> bool() {
        return new ParameterType<>(
                "`true` or `false`",
                text -> {
                    String word = text.strip().toLowerCase(Locale.ROOT);
                    if (!TRUE.contains(word) && !FALSE.contains(word)) {
                        throw impossible(text, "write true or false");
                    }
                    return TRUE.contains(word);
                },
                String::valueOf);
    }

    /** One of some words. */
    static <E extends Enum<E>> ParameterType<E> oneOf(Class<E> type, Function<E, String> word) {
        List<E> values = Arrays.asList(type.getEnumConstants());
        List<String> words = values.stream().map(word).toList();
        return new ParameterType<>(
                words.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")),
                text -> values.stream()
                        .filter(value -> word.apply(value).equals(text.strip()))
                        .findFirst()
                        .orElseThrow(() -> impossible(text, "choose " + String.join(", ", words))),
                word);
    }

    /** A number of bytes, such as {@code 64Mi}. */
    static ParameterType<ByteSize> size(ByteSize min, ByteSize max) {
        return new ParameterType<>(
                "a size, " + min + "–" + max,
                text -> {
                    ByteSize size = ByteSize.parse(text);
                    if (min.isLargerThan(size) || size.isLargerThan(max)) {
                        throw impossible(text, "give a size from " + min + " to " + max);
                    }
                    return size;
                },
                size -> String.valueOf(size.bytes()));
    }

    /** One of some sizes. */
    static ParameterType<ByteSize> oneOf(ByteSize... sizes) {
        List<ByteSize> values = List.of(sizes);
        return new ParameterType<>(
                values.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")),
                text -> {
                    ByteSize size = ByteSize.parse(text);
                    if (!values.contains(size)) {
                        throw impossible(
                                text,
                                "choose "
                                        + values.stream()
                                                .map(ByteSize::toString)
                                                .collect(Collectors.joining(", ")));
                    }
                    return size;
                },
                ByteSize::toString);
    }

    /** Tags of disks or nodes, separated by commas. */
    static ParameterType<List<String>> tags() {
        return new ParameterType<>(
                "tags, separated by commas",
                text -> {
                    List<String> tags = Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .filter(tag -> !tag.isEmpty())
                            .distinct()
                            .sorted()
                            .toList();
                    tags.stream()
                            .filter(tag -> !TAG.matcher(tag).matches())
                            .findFirst()
                            .ifPresent(tag -> {
                                throw impossible(
                                        tag, "write tags of letters, digits, '-', '_' and '.', separated by commas");
                            });
                    return tags;
                },
                tags -> String.join(",", tags));
    }

    /** Arguments of a mkfs, separated by white space; there is no quoting. A slash could name another disk of the host. */
    static ParameterType<List<String>> mkfsArguments() {
        return new ParameterType<>(
                "arguments, separated by spaces",
                text -> {
                    if (text.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
                        throw impossible(text, "write printable characters");
                    }
                    if (text.contains("/")) {
                        throw impossible(text, "leave out everything that names a file or a device");
                    }
                    return Arrays.stream(text.strip().split("\\s+"))
                            .filter(word -> !word.isEmpty())
                            .toList();
                },
                words -> String.join(" ", words));
    }

    /** The name of a Kubernetes resource. */
    static ParameterType<String> resourceName() {
        return new ParameterType<>(
                "a resource's name",
                text -> {
                    if (!RESOURCE_NAME.matcher(text.strip()).matches()) {
                        throw impossible(text, "give the name of a resource: lower-case letters, digits, '-' and '.'");
                    }
                    return text.strip();
                },
                Function.identity());
    }

    /** An address of a backup; empty is none. */
    static ParameterType<String> backupUrl() {
        return new ParameterType<>(
                "`<target>?backup=<backup>&volume=<volume>`",
                text -> {
                    String url = text.strip();
                    if (!url.isEmpty() && !BackupUrls.isBackup(url)) {
                        throw impossible(
                                BackupUrls.withoutUser(url),
                                "write <target>?backup=<backup>&volume=<volume>, the target beginning with s3://, nfs:// or "
                                        + "file://");
                    }
                    return url;
                },
                Function.identity());
    }

    static StorageException impossible(String value, String remedy) {
        return StorageException.invalid("\"" + NearestName.shown(value) + "\" is not possible; " + remedy);
    }
}
