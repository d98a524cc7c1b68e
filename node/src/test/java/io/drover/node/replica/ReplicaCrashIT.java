package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.fault.FaultPoints;
import io.drover.core.model.ByteSize;
import io.drover.node.testing.CrashAt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The process ends at each point of each operation. */
class ReplicaCrashIT extends OnBothEngines {
    @Test
    void crashAtEveryPointIsFinishedByTheSameCall() {
        Consumer<ReplicaHost> prepared = h -> {
            h.create("v");
            h.write("v", "first");
            h.snapshot("v", "s");
            h.write("v", "later");
            h.create("w");
        };
        crashed(
                "create",
                h -> {},
                h -> h.create("a"),
                h -> assertThat(h.read("a")).isEqualTo("\0".repeat(5)));
        crashed(
                "clone",
                prepared,
                h -> h.clone("c", "v", Optional.of("s"), ByteSize.ofMebi(64)),
                h -> assertThat(h.read("c")).isEqualTo("first"));
        crashed(
                "snapshot",
                prepared,
                h -> h.snapshot("v", "t"),
                h -> assertThat(h.readSnapshot("v", "t")).isEqualTo("later"));
        crashed(
                "group",
                prepared,
                h -> h.replicas().createSnapshots(List.of(h.member("v", "g"), h.member("w", "g"))),
                h -> assertThat(h.readSnapshot("v", "g")).isEqualTo("later"));
        crashed(
                "delete",
                prepared,
                h -> h.replicas().delete(h.id("v"), true),
                h -> assertThat(h.tree()).noneMatch(name -> name.startsWith("v")));
        crashed(
                "delete head",
                prepared,
                h -> h.replicas().delete(h.id("v"), false),
                h -> assertThat(h.readSnapshot("v", "s")).isEqualTo("first"));
        crashed(
                "delete snapshot",
                prepared,
                h -> h.replicas().deleteSnapshot(h.id("v"), "s"),
                h -> assertThat(h.tree()).contains("v/snapshots").noneMatch(name -> name.startsWith("v/snapshots/")));
        crashed(
                "resize",
                prepared,
                h -> h.replicas().resize(h.id("v"), ByteSize.ofMebi(64)),
                h -> assertThat(h.replicas().get(h.id("v")).size()).isEqualTo(ByteSize.ofMebi(64)));
        crashed("revert", prepared, h -> h.replicas().revert("s", h.member("v", "safe")), h -> {
            assertThat(h.read("v")).isEqualTo("first");
            assertThat(h.readSnapshot("v", "safe")).isEqualTo("later");
        });
    }

    /** Crashes the call at each point that it passes; then a new life makes the same call, and nothing is left over. */
    private void crashed(
            String what, Consumer<ReplicaHost> prepared, Consumer<ReplicaHost> call, Consumer<ReplicaHost> check) {
        CrashAt notes = new CrashAt("");
        prepared.accept(host);
        host.restart(notes);
        call.accept(host);
        List<String> expected = host.tree();
        Set<String> points = new LinkedHashSet<>(notes.passed());
        assertThat(points).as(what).isNotEmpty();
        for (String point : points) {
            for (boolean restarted : List.of(true, false)) {
                wipe();
                prepared.accept(host);
                host.restart(new CrashAt(point));
                assertThatThrownBy(() -> call.accept(host)).as(point).isInstanceOf(CrashAt.Crash.class);
                if (restarted) {
                    // Opening alone leaves nothing but whole things.
                    host.restart(FaultPoints.NONE);
                    assertThat(host.remains())
                            .as("%s crashed at %s, reopened", what, point)
                            .isEmpty();
                }
                call.accept(host);
                call.accept(host);
                check.accept(host);
                assertThat(host.tree()).as("%s crashed at %s", what, point).isEqualTo(expected);
            }
        }
        wipe();
    }

    private void wipe() {
        host.restart(FaultPoints.NONE);
        List<Replica> all = new ArrayList<>(host.replicas().list(Optional.empty()));
        all.forEach(replica -> host.replicas().delete(replica.id(), true));
        assertThat(host.tree()).containsExactly("");
    }
}
