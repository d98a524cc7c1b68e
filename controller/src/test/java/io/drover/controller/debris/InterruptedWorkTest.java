package io.drover.controller.debris;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.controller.fake.Expect;
import io.drover.controller.fake.FakeHosts.Moment;
import io.drover.controller.fake.SimulatedCrash;
import io.drover.controller.fake.World;
import io.drover.core.error.ErrorCode;
import io.drover.core.model.GroupId;
import io.drover.core.model.SnapshotId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InterruptedWorkTest {
    private final World world = new World();

    private void crashAfterFirstStep(Consumer<World> operation) {
        world.faults.crashAt(0);
        try {
            operation.accept(world);
        } catch (SimulatedCrash e) {
            world.restart();
            return;
        }
        throw new AssertionError("no crash");
    }

    @Test
    void deletionsAreFinished() {
        // Given
        world.create("v");
        world.create("w");
        world.snapshot("w", "s");
        world.services().groups().create(new GroupId("g"), List.of(World.volume("w")));
        crashAfterFirstStep(each -> each.services().deletion().delete(World.volume("v")));
        crashAfterFirstStep(each -> each.services().snapshotDeletion().delete(new SnapshotId(World.volume("w"), "s")));
        crashAfterFirstStep(each -> each.services().groups().delete(new GroupId("g"), Set.of()));
        assertThat(world.recorded())
                .containsExactly("v:DELETING", "w:READY", "w@g:READY", "w@s:DELETING", "group g:DELETING");

        // When
        List<String> failures = world.services().interruptedWork().finish();

        // Then
        assertThat(failures).isEmpty();
        assertThat(world.recorded()).containsExactly("w:READY");
        assertThat(world.hosts.contents()).containsExactly("w");
    }

    @Test
    void revertsAreFinishedAndCreationsWaitForTheirCaller() {
        // Given
        world.create("v");
        world.hosts.write(World.replica("v"), 0, "old");
        world.snapshot("v", "s");
        world.hosts.write(World.replica("v"), 0, "new");
        crashAfterFirstStep(each -> each.services().reverts().revert(new SnapshotId(World.volume("v"), "s")));
        crashAfterFirstStep(each -> each.create("w"));

        // When
        List<String> failures = world.services().interruptedWork().finish();

        // Then
        assertThat(failures).isEmpty();
        assertThat(world.hosts.read(World.replica("v"), 0)).isEqualTo("old");
        assertThat(world.recorded()).contains("w:CREATING");
        assertThat(world.services().queries().all().getLast().condition().message())
                .contains("creation is not finished");
    }

    @Test
    void whatCannotBeFinishedStaysAndIsTold() {
        // Given
        world.create("v");
        crashAfterFirstStep(each -> each.services().deletion().delete(World.volume("v")));
        world.hosts.failNext("deleteReplica", Moment.BEFORE, ErrorCode.UNAVAILABLE);

        // When
        List<String> failures = world.services().interruptedWork().finish();

        // Then
        assertThat(failures).hasSize(1);
        assertThat(world.recorded()).containsExactly("v:DELETING");
        Expect.code(ErrorCode.NOT_READY, () -> world.create("v"), "deleted");
    }
}
