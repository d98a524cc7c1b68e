package io.drover.controller.fake;

import io.drover.controller.host.ReplicaUser;
import io.drover.core.model.ByteRange;
import io.drover.core.model.ByteSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One replica in memory: content by block, and copies of it. */
final class FakeReplica {
    static final long BLOCK = 4096;

    /** What a snapshot holds. */
    record Copy(ByteSize size, Map<Long, String> content, Instant createdAt, String record) {}

    @Nullable
    ByteSize head;

    String madeFrom = "";
    int blockBytes;
    Map<Long, String> content = new TreeMap<>();
    final Map<String, Copy> snapshots = new TreeMap<>();
    String device = "";
    List<ReplicaUser> users = List.of();
    String record = "";
    String problem = "";

    Copy copy(Instant now, String text) {
        return new Copy(size(), new TreeMap<>(content), now, text);
    }

    ByteSize size() {
        ByteSize now = head;
        return now == null ? new ByteSize(0) : now;
    }

    /** Blocks of the target that are not the same in the base; without a base, all that it has. */
    static List<ByteRange> ranges(Copy target, Optional<Copy> base, long from) {
        Map<Long, String> before = base.map(Copy::content).orElse(Map.of());
        Map<Long, Boolean> zeroByBlock = new TreeMap<>();
        target.content().forEach((block, data) -> {
            if (!data.equals(before.get(block))) {
                zeroByBlock.put(block, false);
            }
        });
        before.keySet().stream()
                .filter(block -> !target.content().containsKey(block))
                .forEach(block -> zeroByBlock.put(block, true));
        List<ByteRange> ranges = new ArrayList<>();
        zeroByBlock.forEach((block, zero) -> {
            long start = Math.max(from, block * BLOCK);
            long end = (block + 1) * BLOCK;
            if (end > from) {
                ranges.add(new ByteRange(start, end - start, zero));
            }
        });
        return ranges;
    }
}
