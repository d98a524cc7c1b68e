package io.drover.demo;

import io.drover.core.error.StorageException;
import io.drover.core.sys.SystemCalls;
import io.drover.output.Figures;
import io.drover.sandbox.Sandbox;
import io.drover.sandbox.SandboxOptions;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Plays the steps in their order, tells how each went, and cleans up however it ends, Ctrl-C included. */
final class Demo {
    private final DemoOptions options;
    private final SystemCalls system;
    private final Narration narration;
    /** Set by Ctrl-C; from then on the steps fail for no reason of theirs, and nothing more is told of them. */
    private volatile boolean interrupted;

    Demo(DemoOptions options, SystemCalls system, Narration narration) {
        this.options = options;
        this.system = system;
        this.narration = narration;
    }

    /**
     * Runs it all.
     *
     * @return whether every check held
     * @throws IOException if there is no place for it
     */
    boolean run() throws IOException {
        Sandbox sandbox = Sandbox.create(
                new SandboxOptions(options.parent(), "demo", options.poolBytes(), options.engine(), List.of()), system);
        if (options.keep()) {
            boolean passed = play(sandbox);
            tellWhatIsKept(sandbox);
            return passed;
        }
        Thread onInterrupt = Thread.ofPlatform().name("demo-clean-up").unstarted(() -> {
            interrupted = true;
            narration.say("interrupted: cleaning up");
            sandbox.close();
        });
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            return play(sandbox);
        } finally {
            sandbox.close();
            removeHook(onInterrupt);
        }
    }

    private boolean play(Sandbox sandbox) {
        long begin = System.nanoTime();
        List<Step> steps = steps(new Scene(sandbox, options, narration));
        narration.announce(steps.stream().map(Step::title).toList());
        narration.say("Drover demo: the life of a volume of "
                + Figures.bytes(options.size().bytes()) + " ("
                + options.fileSystem().text() + "), in " + sandbox.directory() + "\n");
        List<StepResult> results = new ArrayList<>();
        boolean passed = true;
        for (Step step : steps) {
            StepResult result = passed ? play(step) : StepResult.skipped(step.title());
            if (interrupted) {
                return false;
            }
            passed &= result.outcome() == StepResult.Outcome.OK;
            results.add(result);
        }
        narration.table(results);
        long held = results.stream()
                .filter(result -> result.outcome() == StepResult.Outcome.OK)
                .count();
        narration.say(
                (passed ? "All " + held + " checks held" : "FAILED: " + held + " of " + steps.size() + " checks held")
                        + ", in " + Figures.time(Duration.ofNanos(System.nanoTime() - begin)) + ".");
        return passed;
    }

    private List<Step> steps(Scene scene) {
        List<Step> steps = new ArrayList<>();
        steps.addAll(new ProvisionSteps(scene).steps());
        steps.addAll(new SnapshotSteps(scene, system.extents()).steps());
        steps.addAll(new ResilienceSteps(scene).steps());
        steps.addAll(new BackupSteps(scene).steps());
        if (!options.keep()) {
            steps.addAll(new RemovalSteps(scene).steps());
        }
        return steps;
    }

    private StepResult play(Step step) {
        narration.begin(step.title());
        long begin = System.nanoTime();
        StepResult.Outcome outcome = StepResult.Outcome.FAILED;
        String check;
        try {
            check = step.action().run();
            outcome = StepResult.Outcome.OK;
        } catch (StatusRuntimeException e) {
            // The driver's own words; the stack would only tell where the demo asked.
            check = e.getStatus().getCode() + ": "
                    + Objects.requireNonNullElse(e.getStatus().getDescription(), "no message");
        } catch (FileSystemException e) {
            // Its message alone is only a path.
            check = e.toString();
        } catch (CheckFailed | StorageException | IOException e) {
            check = Objects.requireNonNullElse(e.getMessage(), e.toString());
        } catch (RuntimeException e) {
            check = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            check = "interrupted";
        }
        StepResult result = new StepResult(step.title(), Duration.ofNanos(System.nanoTime() - begin), outcome, check);
        if (!interrupted) {
            narration.end(result);
        }
        return result;
    }

    private void tellWhatIsKept(Sandbox sandbox) {
        String data = " --data-dir " + sandbox.dataDirectory();
        narration.say("Kept, as you asked, with the driver running if it got that far:");
        sandbox.leftovers().mountPoints().forEach(mount -> narration.say("  mounted  " + mount));
        narration.say("  look     ./drover volume list" + data);
        narration.say("           ./drover volume show " + ProvisionSteps.VOLUME + data);
        narration.say("           ./drover snapshot list" + data);
        narration.say("  log      " + sandbox.log());
        narration.say("  CSI      unix://" + sandbox.csiSocket());
        narration.say("  remove   ./drover demo --remove " + sandbox.directory());
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is what cleans up.
        }
    }
}
