package io.drover.node.replica;

import io.drover.core.fault.FaultPoints;
import io.drover.core.file.AtomicFile;
import io.drover.core.file.Directories;
import io.drover.core.model.ByteSize;
import io.drover.node.metadata.DiskFailure;
import io.drover.node.pool.PoolEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Makes a snapshot's content the head. The new head is prepared beside the old one, marked with the name of the safety snapshot, and
 * swapped in at once. The mark travels with the head: whoever repeats the call finds it, and does not revert a second time what may have
 * been written to since.
 */
final class HeadRevert {
    private static final String MARKER = "reverted";

    private final PoolEngine engine;
    private final Folders folders;
    private final Remains remains;
    private final FaultPoints faults;

    HeadRevert(PoolEngine engine, Folders folders, Remains remains, FaultPoints faults) {
        this.engine = engine;
        this.folders = folders;
        this.remains = remains;
        this.faults = faults;
    }

    /** Beside the image in a head that came of a revert. A btrfs snapshot carries it along, where it means nothing. */
    static Path marker(Path home) {
        return home.resolve(MARKER);
    }

    /** Whether the head is the result of this revert. */
    boolean isDone(VolumeFolder folder, String safety) {
        try {
            return new AtomicFile(marker(folder.head()))
                    .readText()
                    .filter(safety::equals)
                    .isPresent();
        } catch (UncheckedIOException e) {
            throw DiskFailure.of("cannot read " + marker(folder.head()), e);
        }
    }

    /** Swaps a copy of the snapshot in; the old head takes the copy's place. The size stays where the snapshot's is smaller. */
    void run(VolumeFolder folder, Path snapshotHome, String safety) {
        remains.removeHead(folder.newHead());
        ByteSize size = engine.size(folder.head());
        engine.cloneHome(snapshotHome, folder.newHead(), false);
        faults.reach("revert.copied");
        if (size.isLargerThan(engine.size(folder.newHead()))) {
            engine.grow(folder.newHead(), size);
        }
        mark(folder.newHead(), safety);
        faults.reach("revert.marked");
        folders.exchange(folder.head(), folder.newHead());
        faults.reach("revert.exchanged");
    }

    /** In place: nobody sees the new head before it is complete. */
    private static void mark(Path home, String safety) {
        try (FileChannel channel = FileChannel.open(
                marker(home),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(safety.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException e) {
            throw DiskFailure.of("cannot write " + marker(home), new UncheckedIOException(e));
        }
        Directories.sync(home);
    }
}
