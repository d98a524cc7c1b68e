package io.drover.snapshotter.target;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.NearestName;
import io.drover.core.error.StorageException;
import io.drover.core.error.Violations;
import io.drover.snapshotter.target.TargetAddress.Directory;
import io.drover.snapshotter.target.TargetAddress.Nfs;
import io.drover.snapshotter.target.TargetAddress.S3;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a target's URL to pieces by hand: {@code java.net.URI} has no host for buckets with an underscore, and no opinion about the empty
 * port of {@code nfs://host:/}.
 */
final class TargetAddressReader {
    private static final int MAX_LENGTH = 2048;
    private static final Set<String> SCHEMES = Set.of("s3", "nfs", "file", "vfs");
    private static final String BUCKET = "[A-Za-z0-9][A-Za-z0-9._-]{1,254}";
    private static final String REGION = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    private static final String HOST =
            "[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]+)?]";
    private static final String NFS_OPTION = "[A-Za-z0-9_.-]+(=[A-Za-z0-9_.:/@%-]+)?";

    private final String url;
    private final Violations violations = new Violations();

    TargetAddressReader(String url) {
        this.url = url;
    }

    TargetAddress read() {
        int colon = url.indexOf("://");
        if (colon < 0 || url.length() > MAX_LENGTH || !url.matches("[\\x21-\\x7e\\x{a0}-\\x{10ffff}]*")) {
            throw StorageException.invalid(operation()
                    + ": it is no URL of a target; write s3://bucket@region/path/, nfs://host:/path or file:///path");
        }
        String scheme = url.substring(0, colon);
        String rest = url.substring(colon + 3);
        int question = rest.indexOf('?');
        String place = question < 0 ? rest : rest.substring(0, question);
        List<Option> query = query(question < 0 ? "" : rest.substring(question + 1));
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String path = path(slash < 0 ? "" : place.substring(slash));
        TargetAddress address = switch (scheme) {
            case "s3" -> s3(authority, path, query);
            case "nfs" -> nfs(authority, path, query);
            case "file", "vfs" -> directory(scheme, authority, path, query);
            default -> throw foreign(scheme);
        };
        violations.throwIfAny(operation());
        return address;
    }

    private S3 s3(String authority, String path, List<Option> query) {
        noOptions(query, "s3");
        // As upstream: the user's part is the bucket, the host's part the region.
        int at = authority.lastIndexOf('@');
        String bucket = at < 0 ? authority : authority.substring(0, at);
        Optional<String> region = at < 0 ? Optional.empty() : Optional.of(authority.substring(at + 1));
        if (bucket.contains(":") && at >= 0) {
            violations.add("before the @ stands the bucket, and no key; keys belong in the target's credentials, as "
                    + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        } else if (bucket.contains(":")) {
            violations.add(
                    "\"" + NearestName.shown(bucket) + "\" is no bucket; write s3://bucket@region/path/, and put the "
                            + "server's address into AWS_ENDPOINTS of the credentials");
        } else if (!bucket.matches(BUCKET)) {
            violations.add("\"" + NearestName.shown(bucket)
                    + "\" is no name of a bucket (3 to 63 lower-case letters, digits, dots and dashes)");
        }
        region.ifPresent(name -> {
            if (!name.matches(REGION)) {
                violations.add("\"" + NearestName.shown(name)
                        + "\" after the @ is no region; write one like us-east-1, and put "
                        + "the server's address into AWS_ENDPOINTS of the credentials");
            }
        });
        return new S3(bucket, region, path);
    }

    private Nfs nfs(String authority, String path, List<Option> query) {
        String host = authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority;
        if (host.contains("@")) {
            violations.add("an NFS server knows no user in its URL; write nfs://host:/path");
            host = "host";
        }
        if (host.matches("[^\\[\\]:]+:[0-9]+")) {
            violations.add("a port is given by ?nfsOptions=port=" + host.substring(host.indexOf(':') + 1)
                    + " and the other mount options, not after the host");
        } else if (!host.matches(HOST)) {
            violations.add("\"" + NearestName.shown(host) + "\" is no host; write nfs://host:/path");
        }
        List<String> options = new ArrayList<>();
        for (Option option : query) {
            if (option.key().equals("nfsOptions")) {
                options.addAll(Arrays.asList(option.value().split(",", -1)));
            } else {
                violations.add("the option \"" + NearestName.shown(option.key()) + "\" is not known"
                        + NearestName.hint(option.key(), Set.of("nfsOptions")));
            }
        }
        options.removeIf(String::isBlank);
        options.stream()
                .filter(option -> !option.matches(NFS_OPTION))
                .forEach(option -> violations.add(
                        "\"" + NearestName.shown(option) + "\" is no mount option; write word or word=value"));
        return new Nfs(host, "/" + path, options);
    }

    private Directory directory(String scheme, String authority, String path, List<Option> query) {
        noOptions(query, scheme);
        if (!authority.isEmpty()) {
            violations.add("a directory has no host; write three slashes, as in file:///" + NearestName.shown(authority)
                    + "/" + NearestName.shown(path));
        }
        if (path.isEmpty()) {
            violations.add("a directory of its own is needed, not the root of the host; write file:///path");
        }
        return new Directory(Path.of("/" + path));
    }

    /** The decoded path without slashes at its ends, and single ones inside. */
    private String path(String text) {
        Optional<String> plain = UrlText.plainPath(text);
        if (plain.isEmpty()) {
            violations.add("the path holds a broken escape; a percent sign is written %25");
            return "";
        }
        List<String> parts = Arrays.stream(plain.get().split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.contains(".") || parts.contains("..")) {
            violations.add("the path has \".\" or \"..\" in it; write it without");
        }
        if (plain.get().matches("(?s).*[$,\\\\\\p{Cntrl}].*")) {
            violations.add(
                    "the path has a dollar sign, comma, backslash or control character in it, which other readers of such "
                            + "stores refuse; choose another path");
        }
        return String.join("/", parts).replaceAll("\\p{Cntrl}", "?");
    }

    private List<Option> query(String text) {
        List<Option> options = new ArrayList<>();
        for (String part : text.split("&")) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            Optional<String> value = UrlText.plainForm(equals < 0 ? "" : part.substring(equals + 1));
            if (key.equals("backup") || key.equals("volume")) {
                violations.add(
                        "it is the URL of a backup or volume, with \"" + key + "\"; a target's URL ends before that");
            } else if (value.isEmpty()) {
                violations.add("the option \"" + NearestName.shown(key)
                        + "\" holds a broken escape; a percent sign is written %25");
            } else {
                options.add(new Option(key, value.get()));
            }
        }
        return options;
    }

    private void noOptions(List<Option> query, String scheme) {
        if (!query.isEmpty()) {
            violations.add("a URL of " + scheme + " has no options, here are: "
                    + query.stream()
                            .map(option -> NearestName.shown(option.key()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private StorageException foreign(String scheme) {
        return switch (scheme) {
            case "cifs" ->
                StorageException.unsupported(operation()
                        + ": CIFS is not offered; mount the share on the host and use file:///path, or use S3 or NFS");
            case "azblob" ->
                StorageException.unsupported(operation()
                        + ": Azure Blob Storage is not offered; use S3 (through a gateway, for instance) or NFS");
            default ->
                new StorageException(
                        ErrorCode.INVALID,
                        operation() + ": the scheme \"" + NearestName.shown(scheme) + "\" is not known"
                                + NearestName.hint(scheme, SCHEMES));
        };
    }

    private String operation() {
        // What stands before an @ may be a key that somebody put there.
        String shown = url.replaceFirst("//[^/@]*:[^/]*@", "//***@");
        return "cannot use the backup target "
                + (shown.length() > 200 ? shown.substring(0, 200) + "..." : shown).replaceAll("\\p{Cntrl}", "?");
    }

    private record Option(String key, String value) {}
}
