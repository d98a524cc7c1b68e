package io.drover.node.filesystem;

import io.drover.core.error.StorageException;
import io.drover.core.model.FileSystemType;
import java.util.HashMap;
import java.util.Map;

/** Reads what {@code blkid -p -o export} writes: one {@code KEY=value} per line. Pure. */
final class ProbeOutput {
    private ProbeOutput() {}

    /** What was found, when the probe's exit code said that something was. */
    static DeviceContent read(String output) {
        Map<String, String> values = new HashMap<>();
        for (String line : output.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String partitions = values.get("PTTYPE");
        if (partitions != null) {
            return new DeviceContent.Foreign("a partition table (" + partitions + ")");
        }
        String type = values.get("TYPE");
        if (type == null) {
            return new DeviceContent.Foreign("something that the probe has no name for");
        }
        for (FileSystemType known : FileSystemType.values()) {
            if (known.text().equals(type)) {
                return new DeviceContent.Formatted(known);
            }
        }
        return new DeviceContent.Foreign(type);
    }

    /** The file system named by a formatting intent or a request. */
    static FileSystemType type(String text) {
        try {
            return FileSystemType.parse(text);
        } catch (StorageException e) {
            throw StorageException.corrupt("\"" + text + "\" is no file system's name: " + e.getMessage());
        }
    }
}
