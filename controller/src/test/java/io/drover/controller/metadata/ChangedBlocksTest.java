package io.drover.controller.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.World;
import io.drover.controller.metadata.ChangedBlocks.Window;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.ByteRange;
import io.drover.core.model.SnapshotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangedBlocksTest {
    private static final long BLOCK = 4096;
    private static final SnapshotId BASE = new SnapshotId(World.volume("v"), "base");
    private static final SnapshotId TARGET = new SnapshotId(World.volume("v"), "target");
    private final World world = new World();
    private final List<List<ByteRange>> messages = new ArrayList<>();

    @BeforeEach
    void twoSnapshots() {
        world.create("v");
        for (long block : new long[] {0, 1, 5, 9}) {
            world.hosts.write(World.replica("v"), block, "first");
        }
        world.snapshot("v", "base");
        world.clock.advance(Duration.ofSeconds(1));
        world.hosts.write(World.replica("v"), 1, "second");
        world.hosts.write(World.replica("v"), 2, "second");
        world.hosts.discard(World.replica("v"), 9);
        world.snapshot("v", "target");
    }

    private static ByteRange range(long block, long blocks) {
        return new ByteRange(block * BLOCK, blocks * BLOCK, false);
    }

    private void allocated(SnapshotId id, long from, int max) {
        world.services()
                .changedBlocks()
                .allocated(id, new Window(from, max), (capacity, ranges) -> messages.add(ranges));
    }

    private void delta(SnapshotId base, SnapshotId target, long from, int max) {
        world.services()
                .changedBlocks()
                .delta(base, target, new Window(from, max), (capacity, ranges) -> messages.add(ranges));
    }

    @Test
    void allocatedRangesAreJoined() {
        // When
        allocated(BASE, 0, 0);

        // Then
        assertThat(messages).containsExactly(List.of(range(0, 2), range(5, 1), range(9, 1)));
    }

    @Test
    void deltaHasWhatWasWrittenAndWhatWasFreed() {
        // When
        delta(BASE, TARGET, 0, 0);

        // Then
        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst()).extracting(ByteRange::offset).containsExactly(BLOCK, 9 * BLOCK);
        assertThat(messages.getFirst()).extracting(ByteRange::length).containsExactly(2 * BLOCK, BLOCK);
    }

    @Test
    void messagesAreLimitedAndAnOffsetResumes() {
        // When
        allocated(BASE, 0, 1);

        // Then
        assertThat(messages).containsExactly(List.of(range(0, 2)), List.of(range(5, 1)), List.of(range(9, 1)));

        // When
        messages.clear();
        allocated(BASE, BLOCK, 10);

        // Then
        assertThat(messages).containsExactly(List.of(range(1, 1), range(5, 1), range(9, 1)));
    }

    @Test
    void nothingIsAnsweredByOneEmptyMessage() {
        // When
        delta(TARGET, TARGET, 0, 0);
        allocated(BASE, 10 * BLOCK, 0);

        // Then
        assertThat(messages).containsExactly(List.of(), List.of());
    }

    @Test
    void wrongRequests() {
        world.create("w");
        world.snapshot("w", "other");
        SnapshotId other = new SnapshotId(World.volume("w"), "other");
        SnapshotId none = new SnapshotId(World.volume("v"), "none");
        Expect.code(ErrorCode.NOT_FOUND, () -> allocated(none, 0, 0), "none");
        Expect.code(ErrorCode.NOT_FOUND, () -> delta(BASE, none, 0, 0), "none");
        Expect.code(ErrorCode.INVALID, () -> delta(BASE, other, 0, 0), "one volume");
        Expect.code(ErrorCode.INVALID, () -> delta(TARGET, BASE, 0, 0), "older");
        Expect.code(ErrorCode.OUT_OF_RANGE, () -> allocated(BASE, -1, 0));
        Expect.code(ErrorCode.OUT_OF_RANGE, () -> delta(BASE, TARGET, (1L << 30) + 1, 0));
        Expect.code(ErrorCode.INVALID, () -> allocated(BASE, 0, -1));
    }
}
