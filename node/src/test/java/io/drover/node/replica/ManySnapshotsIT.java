package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.fault.FaultPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A volume may have any number of snapshots, and go them in any order: the last one costs what the first one cost. */
class ManySnapshotsIT extends OnBothEngines {
    private static final int COUNT = 500;

    @Test
    void hundredsOfSnapshotsOfOneVolume() {
        host.create("v");
        host.write("v", "first");

        Duration early = timed(() -> snapshots(0, 100));
        snapshots(100, COUNT - 100);
        Duration late = timed(() -> snapshots(COUNT - 100, COUNT));

        // Generous: what is looked for is a cost that grows with the number.
        assertThat(late).isLessThan(early.multipliedBy(4).plusSeconds(2));
        assertThat(host.replicas().get(host.id("v")).snapshots()).hasSize(COUNT);
        host.restart(FaultPoints.NONE);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(7));
        order.forEach(i -> host.replicas().deleteSnapshot(host.id("v"), "s" + i));
        assertThat(host.replicas().get(host.id("v")).snapshots()).isEmpty();
        assertThat(host.read("v")).isEqualTo("first");
    }

    private void snapshots(int from, int to) {
        for (int i = from; i < to; i++) {
            host.snapshot("v", "s" + i);
        }
    }

    private static Duration timed(Runnable work) {
        Instant start = Instant.now();
        work.run();
        return Duration.between(start, Instant.now());
    }
}
