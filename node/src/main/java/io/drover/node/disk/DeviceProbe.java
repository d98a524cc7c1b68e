package io.drover.node.disk;

import io.drover.core.exec.Command;
import io.drover.core.exec.CommandResult;
import io.drover.core.exec.CommandRunner;
import io.drover.core.model.DiskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Finds out what is on a block device. A probe that fails throws: unknown is not blank. */
final class DeviceProbe {
    private static final int END_BYTES = 1 << 20;
    private static final int NOTHING_FOUND = 2;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final CommandRunner commands;

    DeviceProbe(CommandRunner commands) {
        this.commands = commands;
    }

    /**
     * Reads signatures by blkid(8) in its low-level mode, and both ends of the device.
     *
     * @param sizeBytes of the device
     * @param expected whose uuid to look for, should the device carry unfinished work
     */
    DeviceContent probe(Path device, long sizeBytes, Optional<DiskId> expected) {
        CommandResult result = commands.run(command(device));
        Map<String, String> values = parse(result.output());
        if (result.exit() == NOTHING_FOUND && values.isEmpty()) {
            return ends(device, sizeBytes, expected);
        }
        String type = values.get("TYPE");
        String uuid = values.get("UUID");
        boolean fileSystem = "filesystem".equals(values.get("USAGE"));
        return fileSystem && type != null && uuid != null
                ? new DeviceContent.FileSystem(type, uuid)
                : new DeviceContent.Other(describe(values), Optional.empty());
    }

    /** Exit 0: something was found; 2: nothing was found. All others (8: ambivalent) are failures. See blkid(8). */
    static Command command(Path device) {
        return Command.of("look what is on " + device, TIMEOUT, "blkid", "-p", "-o", "export", device.toString())
                .expecting(0, NOTHING_FOUND);
    }

    static Map<String, String> parse(String output) {
        Map<String, String> values = new HashMap<>();
        output.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        values.remove("DEVNAME");
        return values;
    }

    private static String describe(Map<String, String> values) {
        String table = values.get("PTTYPE");
        if (table != null) {
            return "a partition table (" + table + ")";
        }
        String type = values.get("TYPE");
        return type == null ? "something: " + values : type;
    }

    private static DeviceContent ends(Path device, long sizeBytes, Optional<DiskId> expected) {
        try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
            byte[] first = read(channel, device, 0, (int) Math.min(END_BYTES, sizeBytes));
            long last = Math.max(0, sizeBytes - END_BYTES);
            if (isZero(first) && isZero(read(channel, device, last, (int) (sizeBytes - last)))) {
                return new DeviceContent.Blank();
            }
            Optional<String> marked = expected.map(DiskId::value).filter(uuid -> contains(first, bytesOf(uuid)));
            return new DeviceContent.Other("data without a known signature", marked);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + device, e);
        }
    }

    private static byte[] read(FileChannel channel, Path device, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException(device + " ends at " + (offset + buffer.position()) + ", before its size");
            }
        }
        return buffer.array();
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytesOf(String uuid) {
        return HexFormat.of().parseHex(uuid.replace("-", ""));
    }

    private static boolean contains(byte[] text, byte[] wanted) {
        for (int i = 0; i + wanted.length <= text.length; i++) {
            if (Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
