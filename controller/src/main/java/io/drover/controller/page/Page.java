package io.drover.controller.page;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list in the order of the keys. A token names the last key of the page before, so that nothing is left out or seen twice
 * when objects are made or deleted in between.
 *
 * @param nextToken empty on the last page
 */
public record Page<T>(List<T> items, String nextToken) {
    private static final String PREFIX = "after:";

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of all items.
     *
     * @param key unique, not empty
     * @param maxEntries 0 = no limit
     * @param token of the page before, or empty
     * @throws StorageException INVALID for a negative number, BUSY (ABORTED on the wire, as CSI's ListVolumes asks) for a token that is
     *     not ours
     */
    public static <T> Page<T> of(List<T> all, Function<T, String> key, int maxEntries, String token) {
        if (maxEntries < 0) {
            throw StorageException.invalid("max_entries must not be negative: " + maxEntries + "; 0 means no limit");
        }
        String after = token.isEmpty() ? "" : keyOf(token);
        List<T> rest = all.stream()
                .filter(item -> key.apply(item).compareTo(after) > 0)
                .sorted(Comparator.comparing(key))
                .toList();
        if (maxEntries == 0 || rest.size() <= maxEntries) {
            return new Page<>(rest, "");
        }
        List<T> items = rest.subList(0, maxEntries);
        return new Page<>(items, PREFIX + key.apply(items.getLast()));
    }

    /** The same page of other items. */
    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(items.stream().map(mapping).toList(), nextToken);
    }

    private static String keyOf(String token) {
        if (!token.startsWith(PREFIX) || token.length() == PREFIX.length()) {
            throw new StorageException(
                    ErrorCode.BUSY, "the starting token is none of ours; list again from the start, without a token");
        }
        return token.substring(PREFIX.length());
    }
}
