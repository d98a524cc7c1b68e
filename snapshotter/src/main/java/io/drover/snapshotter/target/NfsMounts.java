package io.drover.snapshotter.target;

import io.drover.core.error.StorageException;
import java.nio.file.Path;

/** Who mounts the exports of NFS servers for us: the agent of this host, which may. */
@FunctionalInterface
public interface NfsMounts {
    /**
     * Mounts an export, or says where it is mounted. Claiming again, at least every few minutes while it is in use, keeps the mount.
     *
     * @return the directory
     * @throws StorageException UNAVAILABLE, in the words of mount, if the server does not answer in time; IN_USE if it refuses, or the
     *     host cannot mount NFS
     */
    Path claim(TargetAddress.Nfs address);

    /** Where nothing can be mounted. */
    NfsMounts NONE = address -> {
        throw StorageException.unsupported("cannot use " + address.url() + ": nothing here mounts NFS exports");
    };
}
