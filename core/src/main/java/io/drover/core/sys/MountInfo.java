package io.drover.core.sys;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the format of {@code /proc/<pid>/mountinfo} (proc_pid_mountinfo(5)). Pure. */
final class MountInfo {
    private MountInfo() {}

    static List<Mount> parse(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank())
                .map(MountInfo::line)
                .toList();
    }

    private static Mount line(String line) {
        String[] words = line.split(" ", -1);
        int dash = 6;
        List<String> fields = new ArrayList<>();
        while (dash < words.length && !words[dash].equals("-")) {
            fields.add(words[dash++]);
        }
        if (dash + 2 >= words.length) {
            throw new IllegalStateException("cannot read the table of mounts: this line has another format: " + line);
        }
        // The last word may be missing altogether when a file system shows no options.
        String superOptions = dash + 3 < words.length ? words[dash + 3] : "";
        return new Mount(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                DeviceNumber.parse(words[2]),
                unescaped(words[3]),
                Path.of(unescaped(words[4])),
                options(words[5]),
                fields,
                unescaped(words[dash + 1]),
                unescaped(words[dash + 2]),
                options(unescaped(superOptions)));
    }

    private static List<String> options(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    /** Space, tab, newline, backslash and {@code #} are written as a backslash and three octal digits, byte by byte. */
    static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var plain = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\\'
                    && i + 3 < bytes.length
                    && octal(bytes[i + 1], 3)
                    && octal(bytes[i + 2], 7)
                    && octal(bytes[i + 3], 7)) {
                plain.write((bytes[i + 1] - '0') << 6 | (bytes[i + 2] - '0') << 3 | (bytes[i + 3] - '0'));
                i += 3;
            } else {
                plain.write(bytes[i]);
            }
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    private static boolean octal(byte digit, int max) {
        return digit >= '0' && digit <= '0' + max;
    }
}
