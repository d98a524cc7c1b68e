package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a store lies, as its URL says (section 15 of the format's description). Two texts that mean the same place are equal after parsing.
 */
public sealed interface TargetAddress {
    /**
     * A bucket of an S3 server. Which server is said by the credentials.
     *
     * @param region empty = the environment's, or the usual one
     * @param path within the bucket, without slashes at its ends; may be empty
     */
    record S3(String bucket, Optional<String> region, String path) implements TargetAddress {
        @Override
        public String url() {
            String slash = path.isEmpty() ? "" : "/";
            return "s3://" + bucket + region.map(name -> "@" + name).orElse("") + "/" + UrlText.path(path) + slash;
        }

        @Override
        public String toString() {
            return url();
        }
    }

    /**
     * An export of an NFS server.
     *
     * @param host a name or an address, of version 6 in brackets
     * @param export absolute path on the server
     * @param options of the mount, instead of the usual ones; empty = those
     */
    record Nfs(String host, String export, List<String> options) implements TargetAddress {
        public Nfs {
            options = List.copyOf(options);
        }

        @Override
        public String url() {
            String query = options.isEmpty() ? "" : "?nfsOptions=" + UrlText.form(String.join(",", options));
            return "nfs://" + host + ":" + UrlText.path(export) + query;
        }

        @Override
        public String toString() {
            return url();
        }
    }

    /** A directory of the host. */
    record Directory(Path path) implements TargetAddress {
        @Override
        public String url() {
            return "file://" + UrlText.path(path.toString());
        }

        @Override
        public String toString() {
            return url();
        }
    }

    /** The canonical text; parsing it gives an equal address. Holds nothing secret. */
    String url();

    /**
     * Reads {@code s3://bucket@region/path/}, {@code s3://bucket/path/}, {@code nfs://host:/path[?nfsOptions=…]}, {@code file:///path} or
     * {@code vfs:///path}, with or without slash at the end, and spaces around it.
     *
     * @throws StorageException INVALID with all that is wrong; UNSUPPORTED for schemes of other systems
     */
    static TargetAddress parse(String url) {
        return new TargetAddressReader(url.strip()).read();
    }
}
