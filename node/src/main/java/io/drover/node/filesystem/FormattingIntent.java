package io.drover.node.filesystem;

import io.drover.core.file.AtomicFile;
import io.drover.core.model.FileSystemType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says that a file system is being made on a volume: written before mkfs begins, removed after it has ended and before the first mount.
 * While it is there, nothing on the device is worth keeping. It lies beside the image, in the head's directory, so that a revert, which
 * puts another directory there, takes it away, and a copy of the whole directory has it too. Raw block access removes it.
 */
public final class FormattingIntent {
    private static final String NAME = "formatting";
    private static final String VERSION = "1 ";

    private final AtomicFile file;

    /** The intent for this image; there may be none. */
    public FormattingIntent(Path image) {
        this.file = new AtomicFile(image.resolveSibling(NAME));
    }

    /** All files that an intent for this image may have left, for whoever removes the image's directory. */
    public static List<Path> files(Path image) {
        return List.of(image.resolveSibling(NAME), image.resolveSibling("." + NAME + ".tmp"));
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
