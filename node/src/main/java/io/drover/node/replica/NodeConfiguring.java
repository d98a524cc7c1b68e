package io.drover.node.replica;

import io.drover.core.error.StorageException;
import io.drover.node.disk.DiskConfiguration;
import io.drover.node.disk.NodeOrders;
import java.util.List;
import java.util.Map;

/** Makes this host what the cluster wants it to be. */
public final class NodeConfiguring {
    private final NodeOrders orders;
    private final ReplicaStores stores;

    public NodeConfiguring(NodeOrders orders, ReplicaStores stores) {
        this.orders = orders;
        this.stores = stores;
    }

    /**
     * Takes disks and settings, as a whole. Remembered before anything is done: after a crash the next start goes on. A disk that cannot be
     * opened is no failure of this; its state tells.
     *
     * @param disks beside those that the host is started with, in their text form
     * @throws StorageException INVALID for a disk or a setting that cannot be; IN_USE if something lies on a disk that is not wanted any
     *     more; nothing is changed then
     */
    public synchronized void configure(List<String> disks, Map<String, String> settings) {
        List<DiskConfiguration> wanted = orders.disksWith(disks);
        stores.requireUnused(wanted);
        orders.keep(disks, settings);
        stores.configure(wanted);
    }
}
