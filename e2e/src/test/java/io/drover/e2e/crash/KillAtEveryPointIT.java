package io.drover.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.Host;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program is killed right after every single step of every operation, and started again; then the same call must give the right
 * answer, the rest of the volume's life must go on as if nothing had been, and at the end nothing may be left.
 *
 * <p>Which points there are is not a list in this test: a first life is traced, and each point of it becomes one further life.
 */
@Tag("root")
class KillAtEveryPointIT {
    private static final long GIBI = 1L << 30;
    /** Each point in each step that reaches it, instead of once: {@code DROVER_E2E_EXHAUSTIVE=1}, five times as long. */
    private static final boolean EXHAUSTIVE = "1".equals(System.getenv("DROVER_E2E_EXHAUSTIVE"));


    /** One step of the life, and the n-th time that this life reaches a point of this name. */
    private record Death(String step, String point, int time) {
        String variable() {
            return point + "#" + time;
        }
    }

    @ParameterizedTest
    @EnumSource(PoolEngine.class)
    void theSameCallAfterAKillAtAnyPointFinishesTheWorkAndNothingLeaks(PoolEngine engine) throws IOException {
        Host.needs(engine);
        Host.needs("mkfs.ext4");
        try (Workspace workspace = Workspace.create();
                Pool pool = Pool.create(workspace.root(), engine, 3 * GIBI);
                StandaloneProcess drover =
                        new StandaloneProcess(workspace, "--disk", pool.path().toString())) {
            // Given: the first life, undisturbed
            drover.start();
            LeakCheck before = look(workspace, pool, drover);
            drover.stop();
            List<Death> deaths = trace(workspace, drover);
            assertThat(deaths).as("fault points reached").hasSizeGreaterThan(20);

            // When
            List<String> problems = new ArrayList<>();
            for (Death death : deaths) {
                problems.addAll(liveAndDie(workspace, pool, drover, death, before));
            }

            // Then
            System.out.printf(
                    "kill tests on %s: %d points in %d steps, %d problems%n",
                    engine,
                    deaths.size(),
                    deaths.stream().map(Death::step).distinct().count(),
                    problems.size());
            assertThat(problems).isEmpty();
        }
    }

    /** Lives once under trace; each point counts the first time that it is reached. */
    private static List<Death> trace(Workspace workspace, StandaloneProcess drover) throws IOException {
        Path trace = workspace.path("points");
        Files.writeString(trace, "");
        drover.start(Map.of("DROVER_TRACE_POINTS", trace.toString()));
        List<Death> deaths = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        int read = Files.readAllLines(trace).size();
        for (Lifecycle.Step step : new Lifecycle(workspace, "ext4").steps()) {
            step.action().run(drover);
            List<String> points = Files.readAllLines(trace);
            for (; read < points.size(); read++) {
                String point = points.get(read);
                if (seen.add(EXHAUSTIVE ? step.name() + " " + point : point)) {
                    int time = (int) points.subList(0, read + 1).stream()
                            .filter(point::equals)
                            .count();
                    deaths.add(new Death(step.name(), point, time));
                }
            }
        }
        drover.stop();
        Lifecycle.forgetPaths(workspace.root());
        return deaths;
    }

    private static List<String> liveAndDie(
            Workspace workspace, Pool pool, StandaloneProcess drover, Death death, LeakCheck before) {
        List<String> problems = new ArrayList<>();
        String at = "killed at " + death.point() + " in \"" + death.step() + "\"";
        boolean died = false;
        try {
            drover.start(Map.of("DROVER_KILL_AT", death.variable()));
            for (Lifecycle.Step step : new Lifecycle(workspace, "ext4").steps()) {
                try {
                    step.action().run(drover);
                } catch (StatusRuntimeException e) {
                    if (died || !endsAtOnce(drover)) {
                        throw e;
                    }
                    died = true;
                    drover.restartAfterKill();
                    step.action().run(drover);
                }
            }
            if (!died) {
                problems.add(at + ": the point was not reached");
            }
            LeakCheck after = look(workspace, pool, drover);
            after.since(before).forEach(entry -> problems.add(at + ": left behind: " + entry));
        } catch (StatusRuntimeException | AssertionError | IllegalStateException | java.io.UncheckedIOException e) {
            problems.add(at + ": " + e.getMessage());
            problems.addAll(startAfresh(workspace, pool, drover, before));
        } finally {
            drover.kill();
            Lifecycle.forgetPaths(workspace.root());
        }
        return problems;
    }

    /** A point that was reached ends the process within moments of the failed call. */
    private static boolean endsAtOnce(StandaloneProcess drover) {
        for (int i = 0; i < 50 && drover.isAlive(); i++) {
            pause();
        }
        return !drover.isAlive() && drover.exitStatus() == StandaloneProcess.KILLED;
    }

    /** After a problem: everything away by force, so that the next life shows its own problems only. */
    private static List<String> startAfresh(
            Workspace workspace, Pool pool, StandaloneProcess drover, LeakCheck before) {
        drover.kill();
        io.drover.e2e.fixture.Mounts.unmountBelow(workspace.path("kubelet"));
        io.drover.e2e.fixture.LoopDevice.below(pool.path())
                .forEach(loop -> io.drover.e2e.fixture.HostCommand.attempt("losetup", "-d", loop.device()));
        Lifecycle.forgetPaths(workspace.root());
        io.drover.e2e.fixture.HostCommand.run("sh", "-c", "rm -rf " + workspace.path("data") + "/resources/*/*.yaml");
        for (Path volume : children(pool.path().resolve("volumes"))) {
            io.drover.e2e.fixture.HostCommand.attempt("rm", "-rf", volume.toString());
        }
        return List.of();
    }

    private static List<Path> children(Path directory) {
        try (java.util.stream.Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static LeakCheck look(Workspace workspace, Pool pool, StandaloneProcess drover) {
        return LeakCheck.look(workspace.root(), pool.path(), drover.dataDirectory());
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
