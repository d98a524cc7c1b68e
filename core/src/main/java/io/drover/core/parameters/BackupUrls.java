package io.drover.core.parameters;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The form of a backup's address. What it means is for whoever reads backups. */
final class BackupUrls {
    private static final Pattern TARGET = Pattern.compile("(s3|nfs|cifs|azblob|file|vfs)://[\\x21-\\x7e]+");
    private static final int MAX_LENGTH = 2048;

    private BackupUrls() {}

    /** Whether it is the address of a target, perhaps with options. */
    static boolean isTarget(String url) {
        return url.length() <= MAX_LENGTH && TARGET.matcher(url).matches();
    }

    /** Whether it is {@code <target>?backup=<backup>&volume=<volume>}, in either order, with both filled in. */
    static boolean isBackup(String url) {
        int question = url.indexOf('?');
        if (url.length() > MAX_LENGTH
                || question < 0
                || !TARGET.matcher(url.substring(0, question)).matches()) {
            return false;
        }
        List<String> parts = Arrays.asList(url.substring(question + 1).split("&", -1));
        return Set.of("backup", "volume").stream()
                .allMatch(key -> parts.stream()
                                .filter(part -> part.matches(key + "=[A-Za-z0-9._-]+"))
                                .count()
                        == 1);
    }

    /** Without what may be a password, for messages. */
    static String withoutUser(String url) {
        return url.replaceFirst("//[^/@]*:[^/@]*@", "//");
    }
}
