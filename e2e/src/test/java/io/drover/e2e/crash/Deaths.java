package io.drover.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.e2e.fixture.HostCommand;
import io.drover.e2e.fixture.LeakCheck;
import io.drover.e2e.fixture.LoopDevice;
import io.drover.e2e.fixture.Mounts;
import io.drover.e2e.fixture.Pool;
import io.drover.e2e.fixture.PoolEngine;
import io.drover.e2e.fixture.StandaloneProcess;
import io.drover.e2e.fixture.Workspace;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Kills the program right after every single step of every operation of a life, and starts it again; then the same call must give the
 * right answer, the rest of the life must go on as if nothing had been, and at the end nothing may be left.
 *
 * <p>Which points there are is not a list: a first life is traced. A second life then dies at each point that it passes, one after the
 * other, restarted with the next one; a point that was not passed again after a restart gets a life of its own. {@code
 * DROVER_E2E_ISOLATE=1} gives every point its own life: slower, and tells which one it is that leaks. {@code DROVER_E2E_EXHAUSTIVE=1}
 * dies at a point in every step that passes it, not only in the first: twice as many deaths.
 */
final class Deaths {
    private static final boolean ISOLATE = "1".equals(System.getenv("DROVER_E2E_ISOLATE"));
    private static final boolean EXHAUSTIVE = "1".equals(System.getenv("DROVER_E2E_EXHAUSTIVE"));

    private final Workspace workspace;
    private final Pool pool;
    private final StandaloneProcess drover;
    private final Supplier<List<Lifecycle.Step>> life;
    private final Predicate<String> points;

    /**
     * @param life makes the steps of a new life; they may be repeated until they succeed
     * @param points which of the fault points to die at
     */
    Deaths(
            Workspace workspace,
            Pool pool,
            StandaloneProcess drover,
            Supplier<List<Lifecycle.Step>> life,
            Predicate<String> points) {
        this.workspace = workspace;
        this.pool = pool;
        this.drover = drover;
        this.life = life;
        this.points = points;
    }

    /**
     * Lives and dies.
     *
     * @param least how many points there have to be, so that this test cannot pass by doing nothing
     */
    void check(int least) throws IOException {
        // Given: the first life, undisturbed
        drover.start();
        LeakCheck before = look();
        drover.stop();
        List<Death> deaths = trace();
        assertThat(deaths).as("fault points reached").hasSizeGreaterThanOrEqualTo(least);

        // When
        List<String> problems = new ArrayList<>();
        List<Death> left = new ArrayList<>(deaths);
        if (!ISOLATE) {
            problems.addAll(dieAgainAndAgain(left, before));
        }
        int own = problems.isEmpty() ? left.size() : 0;
        for (Death death : left.subList(0, own)) {
            problems.addAll(dieOnce(death, before));
        }

        // Then
        System.out.printf(
                "kill tests on %s: %d points in %d steps, %d of them in a life of their own, %d problems%n",
                pool.engine(),
                deaths.size(),
                deaths.stream().map(Death::step).distinct().count(),
                own,
                problems.size());
        assertThat(problems).isEmpty();
    }

    /** One step of the life, and the n-th time that the life reaches a point of this name. */
    private record Death(String step, String point, int time) {
        @Override
        public String toString() {
            return "killed at " + point + " in \"" + step + "\"";
        }
    }

    /** Lives once under trace; each point counts once. */
    private List<Death> trace() throws IOException {
        Path trace = workspace.path("points");
        Files.writeString(trace, "");
        drover.start(Map.of("DROVER_TRACE_POINTS", trace.toString()));
        List<Death> deaths = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        int read = Files.readAllLines(trace).size();
        for (Lifecycle.Step step : life.get()) {
            step.action().run(drover);
            List<String> passed = Files.readAllLines(trace);
            for (; read < passed.size(); read++) {
                String point = passed.get(read);
                if (points.test(point) && seen.add(EXHAUSTIVE ? step.name() + " " + point : point)) {
                    int time = (int) passed.subList(0, read + 1).stream()
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

    /** One life with all deaths, in their order; those that did not come about stay in the list. */
    private List<String> dieAgainAndAgain(List<Death> left, LeakCheck before) {
        List<Death> ahead = new ArrayList<>(left);
        return live(before, () -> {
            startTowards(ahead, left);
            List<Lifecycle.Step> steps = life.get();
            for (Lifecycle.Step step : steps) {
                // What was not passed again in its own step would be in the way of the rest.
                if (ahead.removeIf(death -> index(steps, death.step()) < steps.indexOf(step))) {
                    drover.stop();
                    startTowards(ahead, left);
                }
                while (!succeeds(step)) {
                    left.remove(ahead.removeFirst());
                    drover.kill();
                    startTowards(ahead, left);
                }
            }
        });
    }

    /** Starts it with the next death. A start finishes some interrupted work by itself, and then dies of it, which counts as well. */
    private void startTowards(List<Death> ahead, List<Death> left) {
        while (!ahead.isEmpty()) {
            drover.launch(Map.of("DROVER_KILL_AT", ahead.getFirst().point()));
            if (drover.awaitReadyOrKilled()) {
                return;
            }
            left.remove(ahead.removeFirst());
        }
        drover.start();
    }

    private static int index(List<Lifecycle.Step> steps, String name) {
        return steps.stream().map(Lifecycle.Step::name).toList().indexOf(name);
    }

    /** One life with one death. */
    private List<String> dieOnce(Death death, LeakCheck before) {
        List<String> problems = live(before, () -> {
            boolean died = false;
            drover.start(Map.of("DROVER_KILL_AT", death.point() + "#" + death.time()));
            for (Lifecycle.Step step : life.get()) {
                while (!succeeds(step)) {
                    died = true;
                    drover.restartAfterKill();
                }
            }
            if (!died) {
                throw new AssertionError("the point was not reached");
            }
        });
        return problems.stream().map(problem -> death + ": " + problem).toList();
    }

    /** False if the process died of it, as it was told to. */
    private boolean succeeds(Lifecycle.Step step) {
        try {
            step.action().run(drover);
            return true;
        } catch (StatusRuntimeException e) {
            if (endsAtOnce()) {
                return false;
            }
            throw new AssertionError("\"" + step.name() + "\" is answered " + e.getStatus(), e);
        } catch (AssertionError e) {
            throw new AssertionError("after \"" + step.name() + "\": " + e.getMessage(), e);
        }
    }

    private List<String> live(LeakCheck before, Runnable deadly) {
        List<String> problems = new ArrayList<>();
        try {
            deadly.run();
            LeakCheck after = look();
            after.since(before).forEach(entry -> problems.add("left behind: " + entry));
        } catch (AssertionError | IllegalStateException | UncheckedIOException e) {
            problems.add(e.getMessage() + "\n" + drover.logTail(8));
        } finally {
            drover.kill();
            if (!problems.isEmpty()) {
                startAfresh();
            }
            Lifecycle.forgetPaths(workspace.root());
        }
        return problems;
    }

    /** A point that was reached ends the process within moments of the failed call. */
    private boolean endsAtOnce() {
        for (int i = 0; i < 50 && drover.isAlive(); i++) {
            pause();
        }
        return !drover.isAlive() && drover.exitStatus() == StandaloneProcess.KILLED;
    }

    /** After a problem: everything away by force, so that the next life shows its own problems only. */
    private void startAfresh() {
        Mounts.unmountBelow(workspace.path("kubelet"));
        LoopDevice.below(pool.path()).forEach(loop -> HostCommand.attempt("losetup", "-d", loop.device()));
        HostCommand.run("sh", "-c", "rm -f " + workspace.path("data") + "/resources/*/*.yaml");
        if (pool.engine() == PoolEngine.BTRFS) {
            HostCommand.attempt(
                    "sh",
                    "-c",
                    "find " + pool.path() + "/volumes -depth -inum 256 -exec btrfs -q subvolume delete {} ';'");
        }
        for (Path volume : children(pool.path().resolve("volumes"))) {
            HostCommand.attempt("rm", "-rf", volume.toString());
        }
    }

    private static List<Path> children(Path directory) {
        try (java.util.stream.Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private LeakCheck look() {
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
