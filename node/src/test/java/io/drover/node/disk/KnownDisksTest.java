package io.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.model.DiskId;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class KnownDisksTest {
    private static final Path A = Path.of("/a");
    private static final Path B = Path.of("/b");

    @TempDir
    private Path state;

    private final AtomicInteger next = new AtomicInteger();

    private KnownDisks open() {
        return KnownDisks.open(state, () -> "id-" + next.incrementAndGet());
    }

    @Test
    void installationIsChosenOnce() {
        assertThat(open().installation()).isEqualTo("id-1");
        assertThat(open().installation()).isEqualTo("id-1");
    }

    @Test
    void intentKeepsItsIdUntilTheDiskIsThere() {
        KnownDisks known = open();
        DiskId id = known.intend(A);

        assertThat(open().intend(A)).isEqualTo(id);
        assertThat(open().intended(A)).contains(id);
        assertThat(known.at(A)).isEmpty();
        assertThat(known.knows(id)).isFalse();
        known.remember(id, A);
        assertThat(open().intended(A)).isEmpty();
        assertThat(open().at(A)).contains(id);
    }

    @Test
    void diskMovesWithItsPathAndTheOtherStaysKnown() {
        KnownDisks known = open();
        DiskId one = new DiskId("one");
        DiskId two = new DiskId("two");
        known.remember(one, A);
        known.remember(two, B);
        known.remember(two, A);

        assertThat(known.at(A)).contains(two);
        assertThat(known.at(B)).isEmpty();
        assertThat(known.knows(one)).isTrue();
        known.forget(one);
        assertThat(open().knows(one)).isFalse();
    }
}
