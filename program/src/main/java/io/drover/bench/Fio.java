package io.drover.bench;

import io.drover.core.exec.Command;
import io.drover.core.exec.CommandRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs fio, always with direct I/O on one existing file or device. */
final class Fio {
    private static final Duration SLACK = Duration.ofMinutes(2);
    private static final Duration FILL_LIMIT = Duration.ofMinutes(30);

    private final CommandRunner commands;

    Fio(CommandRunner commands) {
        this.commands = commands;
    }

    /** Measures one profile for so long. */
    FioResult measure(Path target, IoProfile profile, long sizeBytes, Duration runtime) {
        List<String> arguments = measureArguments(target, profile, sizeBytes, runtime);
        return FioResult.parse(run("measure " + profile.title() + " on " + target, arguments, runtime.plus(SLACK)));
    }

    /** Writes every byte once, so that no measurement pays for the first allocation. */
    void fill(Path target, long sizeBytes) {
        FioResult.parse(run("fill " + target, fillArguments(target, sizeBytes), FILL_LIMIT));
    }

    /** Writes 4 KiB at the beginning of each 8 KiB, so that a sparse file gets that many extents. */
    void scatter(Path target, long extents) {
        FioResult.parse(
                run("write " + extents + " extents to " + target, scatterArguments(target, extents), FILL_LIMIT));
    }

    static List<String> measureArguments(Path target, IoProfile profile, long sizeBytes, Duration runtime) {
        List<String> arguments = base(target);
        arguments.addAll(List.of(
                "--rw=" + profile.pattern(),
                "--bs=" + profile.blockSize(),
                "--iodepth=" + profile.depth(),
                "--size=" + sizeBytes,
                "--time_based",
                "--runtime=" + runtime.toMillis() + "ms",
                // A read of zeros or of one pattern would flatter whatever compresses or detects it.
                "--refill_buffers",
                "--randrepeat=0",
                "--norandommap"));
        return arguments;
    }

    static List<String> fillArguments(Path target, long sizeBytes) {
        List<String> arguments = base(target);
        arguments.addAll(List.of("--rw=write", "--bs=1m", "--iodepth=8", "--size=" + sizeBytes, "--end_fsync=1"));
        return arguments;
    }

    static List<String> scatterArguments(Path target, long extents) {
        List<String> arguments = base(target);
        arguments.addAll(List.of(
                "--rw=write:4k",
                "--bs=4k",
                "--iodepth=64",
                "--size=" + extents * 8192,
                "--number_ios=" + extents,
                "--end_fsync=1"));
        return arguments;
    }

    private static List<String> base(Path target) {
        return new ArrayList<>(List.of(
                "--name=drover",
                "--filename=" + target,
                "--ioengine=libaio",
                "--direct=1",
                "--allow_file_create=0",
                "--output-format=json"));
    }

    private String run(String purpose, List<String> arguments, Duration limit) {
        return commands.run(Command.of(purpose, limit, "fio", arguments)).output();
    }
}
