package io.drover.core.sys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The loop devices as sysfs shows them: {@code /sys/block/loop<n>/loop/} exists while the device has a backing file. */
final class SysfsLoops {
    private static final String DELETED = " (deleted)";
    private static final String PREFIX = "loop";
    private static final String BACKING_FILE = "loop/backing_file";

    private final Path blockDevices;

    SysfsLoops(Path blockDevices) {
        this.blockDevices = blockDevices;
    }

    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(blockDevices, "loop[0-9]*")) {
            for (Path device : devices) {
                if (Files.exists(device.resolve(BACKING_FILE))) {
                    numbers.add(Integer.valueOf(device.getFileName().toString().substring(PREFIX.length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the loop devices in " + blockDevices, e);
        }
        Collections.sort(numbers);
        return numbers;
    }

    Optional<LoopEntry> find(int number) {
        Path device = blockDevices.resolve(PREFIX + number);
        try {
            return entry(device);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + device, e);
        }
    }

    List<LoopEntry> list() {
        return numbers().stream().flatMap(number -> find(number).stream()).toList();
    }

    private static Optional<LoopEntry> entry(Path device) throws IOException {
        Path loop = device.resolve("loop");
        try {
            if (!Files.exists(loop.resolve("backing_file"))) {
                return Optional.empty();
            }
            // Not stripped: a path may end in a space.
            String file = Files.readString(loop.resolve("backing_file")).replaceFirst("\n$", "");
            boolean deleted = file.endsWith(DELETED);
            return Optional.of(new LoopEntry(
                    Integer.parseInt(device.getFileName().toString().substring(PREFIX.length())),
                    deleted ? file.substring(0, file.length() - DELETED.length()) : file,
                    deleted,
                    value(loop.resolve("dio")) == 1,
                    value(loop.resolve("autoclear")) == 1,
                    value(device.resolve("size")) * 512));
        } catch (IOException e) {
            // Detached while it was read; anything else is an error, and not an absence.
            if (!Files.exists(loop.resolve("backing_file"))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static long value(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }
}
