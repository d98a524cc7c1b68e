package io.drover.controller.backup;

import io.drover.core.error.StorageException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the URLs of targets as far as that is possible without asking them. */
final class TargetUrls {
    private static final int MAX_LENGTH = 1024;
    private static final Pattern URL = Pattern.compile("([a-z0-9]+)://[\\x21-\\x7e]+");
    private static final Pattern PASSWORD = Pattern.compile("//[^/@]*:[^/@]*@");
    private static final Set<String> OFFERED = Set.of("s3", "nfs", "file", "vfs");
    private static final Set<String> NOT_OFFERED = Set.of("cifs", "azblob");
    private static final String FORMS = "write s3://bucket@region/path/, nfs://host:/path or file:///path";

    private TargetUrls() {}

    /**
     * Accepts the URL of a target.
     *
     * @throws StorageException INVALID with what would be right, UNSUPPORTED for a kind that is not offered; a URL with a password is
     *     not repeated
     */
    static String require(String url) {
        if (PASSWORD.matcher(url).find()) {
            throw StorageException.invalid(
                    "the URL of the backup target holds a password; leave it out, and give credentials"
                            + " beside the URL");
        }
        Matcher matcher = URL.matcher(url);
        if (url.length() > MAX_LENGTH || !matcher.matches()) {
            throw StorageException.invalid("the URL of the backup target is malformed; " + FORMS);
        }
        String scheme = matcher.group(1);
        if (NOT_OFFERED.contains(scheme)) {
            throw StorageException.unsupported(
                    "backup targets of the kind " + scheme + ":// are not offered; " + FORMS);
        }
        if (!OFFERED.contains(scheme)) {
            throw StorageException.invalid("backup targets of the kind " + scheme + ":// are not known; " + FORMS);
        }
        if (url.contains("?backup=")
                || url.contains("&backup=")
                || url.contains("?volume=")
                || url.contains("&volume=")) {
            throw StorageException.invalid(
                    "the URL is that of a backup, not of a target; leave backup= and volume= out");
        }
        return url;
    }
}
