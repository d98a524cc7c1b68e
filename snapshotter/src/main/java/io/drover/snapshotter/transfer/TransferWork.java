package io.drover.snapshotter.transfer;

/** What a transfer does when it is its turn. Blocks. Begun again after a failure it continues where it can. */
@FunctionalInterface
public interface TransferWork {
    /**
     * Does all of it.
     *
     * @throws TransferCancelledException if the monitor says that nobody wants it any more
     * @throws io.drover.core.error.StorageException as the work says
     */
    TransferResult run(TransferMonitor monitor);
}
