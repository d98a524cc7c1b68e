package io.drover.node.filesystem;

import io.drover.core.file.AtomicFile;
import io.drover.core.model.FileSystemType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says that a file system is being made on a volume: written before mkfs begins, removed after it has ended and before the first mount.
 * While it is there, nothing on the device is worth keeping. Whoever puts other data into the volume (a revert, raw block access)
 * removes it first.
 */
public final class FormattingIntent {
    private static final String NAME = "formatting";
    private static final String VERSION = "1 ";

    private final AtomicFile file;

    /** The intent of the volume whose folder this is; there may be none. */
    public FormattingIntent(Path volumeFolder) {
        this.file = new AtomicFile(volumeFolder.resolve(NAME));
    }

    /** Which file system was being made, or empty if none was. */
    public Optional<FileSystemType> read() {
        return file.readText()
                .map(String::strip)
                .map(text -> ProbeOutput.type(text.startsWith(VERSION) ? text.substring(VERSION.length()) : text));
    }

    /** Writes it down durably. */
    public void declare(FileSystemType type) {
        file.writeText(VERSION + type.text() + "\n");
    }

    /** Removes it durably. Absent is fine. */
    public void clear() {
        file.delete();
    }
}
