package io.drover.cli;

import io.drover.output.Progress;
import io.drover.proto.operations.v1.ListTransfersRequest;
import io.drover.proto.operations.v1.Transfer;
import io.drover.proto.operations.v1.WatchTransferRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Shows how transfers get on, on standard error: what a command prints on standard output stays the same for programs. */
final class TransferFollower {
    private static final int POLL_MILLIS = 500;

    private final Client client;
    private final PrintWriter err;

    TransferFollower(Client client, PrintWriter err) {
        this.client = client;
        this.err = err;
    }

    /** Watches a transfer to its end, and answers with that. */
    Transfer follow(Transfer begun) {
        Progress progress = progress();
        Transfer latest = begun;
        try {
            while (isUnderWay(latest)) {
                latest = watch(latest, progress);
            }
        } finally {
            progress.end();
        }
        return latest;
    }

    private Transfer watch(Transfer begun, Progress progress) {
        Transfer latest = begun;
        Iterator<Transfer> news = client.operations()
                .watchTransfer(WatchTransferRequest.newBuilder()
                        .setId(begun.getId())
                        .setNode(begun.getNode())
                        .build());
        try {
            while (news.hasNext()) {
                latest = news.next();
                show(latest, progress);
            }
        } catch (StatusRuntimeException e) {
            // A call has a deadline and a large volume has none.
            if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
                throw e;
            }
        }
        return latest;
    }

    /** Waits for a call, and shows the transfer that works for it meanwhile. */
    <T> T await(Future<T> call, Predicate<Transfer> wanted) throws InterruptedException, ExecutionException {
        Progress progress = progress();
        try {
            while (true) {
                try {
                    return call.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    find(wanted).ifPresent(transfer -> show(transfer, progress));
                }
            }
        } finally {
            progress.end();
        }
    }

    /** The transfer under way that is wanted, if there is one. */
    Optional<Transfer> find(Predicate<Transfer> wanted) {
        return client.operations().listTransfers(ListTransfersRequest.getDefaultInstance()).getTransfersList().stream()
                .filter(TransferFollower::isUnderWay)
                .filter(wanted)
                .findFirst();
    }

    /** Whether a call was answered ABORTED because such a transfer still works for it: then the same call continues. */
    boolean isAtWork(StatusRuntimeException failure, Predicate<Transfer> wanted) {
        return failure.getStatus().getCode() == Status.Code.ABORTED
                && find(wanted).isPresent();
    }

    static boolean isUnderWay(Transfer transfer) {
        return transfer.getState().equals("waiting") || transfer.getState().equals("running");
    }

    private static void show(Transfer transfer, Progress progress) {
        progress.show(transfer.getDoneBytes(), transfer.getTotalBytes(), transfer.getMessage());
    }

    private Progress progress() {
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Progress(err, terminal, System::nanoTime);
    }
}
