package io.drover.sandbox;

import io.drover.core.sys.LoopCalls;
import io.drover.core.sys.LoopEntry;
import io.drover.core.sys.Mount;
import io.drover.core.sys.MountCalls;
import io.drover.core.sys.SystemCallException;
import io.drover.core.sys.SystemCalls;
import io.drover.core.sys.UnmountFlag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the host holds of a sandbox: processes that were started for it, mounts in it, loop devices on files in it. Asked from the
 * kernel, so that the word that nothing is left does not rest on the driver's own.
 */
public final class Leftovers {
    private static final int ROUNDS = 50;
    private static final int PAUSE_MILLIS = 100;

    private final MountCalls mounts;
    private final LoopCalls loops;
    private final Path directory;

    /**
     * Looks at one directory.
     *
     * @param directory absolute, without symbolic links
     */
    public Leftovers(SystemCalls system, Path directory) {
        this.mounts = system.mounts();
        this.loops = system.loops();
        this.directory = directory;
    }

    /** Every leftover in words; empty if there is none. */
    public List<String> describe() {
        List<String> found = new ArrayList<>();
        processes().forEach(process -> found.add("process " + process.pid()));
        mountPoints().forEach(mount -> found.add("mount " + mount));
        devices().forEach(loop -> found.add("loop device " + loop.device() + " on " + loop.backingFile()));
        return found;
    }

    /** The processes whose command line names something in the directory, this one excepted. */
    public List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(
                            process -> process.pid() != ProcessHandle.current().pid())
                    .filter(process -> commandLine(process).contains(directory + "/"))
                    .toList();
        }
    }

    /** All of it: ProcessHandle gives up on one that is longer than a page, as a long class path makes it. Empty if it has ended. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Mount points at or below the directory, in the order in which they can be unmounted. */
    public List<Path> mountPoints() {
        return mounts.mounts().reversed().stream()
                .map(Mount::target)
                .filter(target -> target.startsWith(directory))
                .toList();
    }

    /** Loop devices on files that are or were below the directory. */
    public List<LoopEntry> devices() {
        return loops.list().stream()
                .filter(loop -> loop.backingFile().startsWith(directory + "/"))
                .toList();
    }

    /**
     * Ends, unmounts and detaches all of it, whatever state it is in. Nobody may start new things meanwhile.
     *
     * @return what could not be removed, in words
     */
    public List<String> remove() throws InterruptedException {
        processes().forEach(ProcessHandle::destroyForcibly);
        for (int round = 0; round < ROUNDS && !describe().isEmpty(); round++) {
            // A pool can go only after the devices on its files, and those after what is mounted from them: hence
            // rounds.
            boolean impatient = round > ROUNDS / 2;
            mountPoints().forEach(mount -> unmount(mount, impatient));
            devices().forEach(loop -> detach(loop.number()));
            Thread.sleep(round == 0 ? 0 : PAUSE_MILLIS);
        }
        return describe();
    }

    private void unmount(Path mount, boolean detach) {
        try {
            mounts.unmount(mount, detach ? Set.of(UnmountFlag.DETACH) : Set.of());
        } catch (SystemCallException e) {
            // Still in use, or gone by itself: the next round looks again.
        }
    }

    private void detach(int loop) {
        try {
            loops.detach(loop);
        } catch (SystemCallException e) {
            // As above.
        }
    }
}
