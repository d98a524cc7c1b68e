package io.drover.core.rpc;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a listening unix socket. It is bound under a temporary name beside its place, narrowed to its owner and then moved there:
 * nobody can connect before that, and Netty, which on closing removes the name it was bound to whoever owns it by then, finds nothing
 * ({@code NioServerDomainSocketChannel.doClose}). It is removed by us, while it is ours.
 */
final class UnixSocket {
    /** {@code sun_path} has 108 bytes, the last one a zero (unix(7)). */
    static final int MAX_PATH_BYTES = 107;

    private final Path path;
    private final Path temporary;
    private @Nullable Object boundFile;

    private UnixSocket(Path path) {
        this.path = path;
        // As long as the real name, so that what fits for one fits for the other.
        this.temporary = path.resolveSibling("~" + path.getFileName().toString().substring(1));
    }

    /** Where to bind. */
    UnixDomainSocketAddress temporaryAddress() {
        return address(temporary);
    }

    /**
     * The address of a socket at this path.
     *
     * @throws StorageException INVALID if the path is too long for the kernel
     */
    static UnixDomainSocketAddress address(Path path) {
        int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw StorageException.invalid("socket path " + path + " has " + bytes + " bytes; the kernel takes at most "
                    + MAX_PATH_BYTES + ", choose a shorter one");
        }
        return UnixDomainSocketAddress.of(path);
    }

    /**
     * Makes the folder and removes the file that an earlier process left, if nobody answers on it.
     *
     * @throws StorageException IN_USE if somebody answers, INVALID if there is something else than a socket
     */
    static UnixSocket prepare(Path path) {
        UnixDomainSocketAddress address = address(path);
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                removeStale(path, address);
            }
            UnixSocket socket = new UnixSocket(path);
            Files.deleteIfExists(socket.temporary);
            return socket;
        } catch (IOException e) {
            throw new StorageException(ErrorCode.INTERNAL, "cannot listen on " + path + ": " + e.getMessage(), e);
        }
    }

    /** To be called when the socket is bound: opens it to its owner, under its real name. */
    void bound() throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
        boundFile = fileKey(temporary);
        Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file, unless another process has put its own there. */
    void remove() {
        try {
            if (boundFile != null && Objects.equals(boundFile, fileKey(path))) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // It is gone already, or stays as a stale file that the next start removes.
        }
    }

    private static void removeStale(Path path, UnixDomainSocketAddress address) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            throw StorageException.invalid("cannot listen on " + path
                    + ": there is a file that is no socket; move it away or choose another path");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(address);
        } catch (ConnectException e) {
            // Refused: a socket file without a listener. Every other problem is unknown, and the file stays.
            Files.deleteIfExists(path);
            return;
        }
        throw StorageException.inUse(
                "cannot listen on " + path + ": another process answers there; stop it or choose another path");
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
