package io.drover.snapshotter.transfer;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers of this process: so many at a time, the others wait in the order in which they were asked for. Those that ended are
 * remembered for a while. Each runs on a virtual thread of its own.
 */
public final class Transfers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    /** What stops at the end of the process has this long for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * How much of what ended is kept in mind.
     *
     * @param most transfers that ended
     * @param time since the end
     */
    public record Memory(int most, Duration time) {
        public static final Memory DEFAULT = new Memory(1000, Duration.ofHours(1));
    }

    private final int most;
    private final Memory memory;
    private final Clock clock;
    private final Runnable afterEach;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** By id, in the order in which they were asked for. */
    private final Map<String, RunningTransfer> transfers = new LinkedHashMap<>();

    private int running;
    private boolean closed;

    /**
     * None yet.
     *
     * @param most that run at a time
     * @param afterEach called once one has ended and been told of, such as to give memory back
     */
    public Transfers(int most, Memory memory, Clock clock, Runnable afterEach) {
        if (most < 1) {
            throw StorageException.invalid("at least 1 transfer must be able to run at a time, not " + most);
        }
        this.most = most;
        this.memory = memory;
        this.clock = clock;
        this.afterEach = afterEach;
    }

    /**
     * Begins a transfer, or begins one again that failed, was cancelled or is not remembered. One that waits or runs is left alone, and
     * so is one that is done for the same generation: what is stored does not have to be looked at again.
     *
     * @param generation tells objects of the same name apart, which came after each other, such as the image a restore fills
     */
    public Transfer start(TransferKey key, String generation, TransferWork work) {
        lock.lock();
        try {
            if (closed) {
                throw StorageException.unavailable("cannot begin " + key + ": the mover stops; call again");
            }
            forgetOld();
            RunningTransfer known = transfers.get(key.id());
            if (known != null && (!known.state().hasEnded() || isDoneAlready(known, generation))) {
                return known.snapshot();
            }
            transfers.remove(key.id());
            RunningTransfer transfer = new RunningTransfer(key, generation, clock.instant());
            transfers.put(key.id(), transfer);
            Thread.ofVirtual().name(key.id()).start(() -> run(transfer, work));
            return transfer.snapshot();
        } finally {
            lock.unlock();
        }
    }

    /** Deletions and verifications are asked for because something may have changed since. */
    private static boolean isDoneAlready(RunningTransfer known, String generation) {
        return known.state() == TransferState.DONE
                && known.isOfGeneration(generation)
                && switch (known.key().kind()) {
                    case BACKUP, RESTORE -> true;
                    case DELETION, VERIFICATION -> false;
                };
    }

    /** Lets ended transfers be forgotten that are no longer true, such as the backup that was just deleted. */
    public void forget(Predicate<TransferKey> which) {
        lock.lock();
        try {
            transfers.values().removeIf(known -> known.state().hasEnded() && which.test(known.key()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * One transfer.
     *
     * @throws StorageException NOT_FOUND if it is not remembered
     */
    public Transfer get(String id) {
        return await(id, Duration.ZERO);
    }

    /**
     * One transfer, when it has ended, at the latest after so long.
     *
     * @throws StorageException NOT_FOUND if it is not remembered
     */
    public Transfer await(String id, Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            RunningTransfer transfer = find(id);
            while (!transfer.state().hasEnded() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return transfer.snapshot();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(ErrorCode.TIMEOUT, "interrupted while waiting for " + id + "; ask again", e);
        } finally {
            lock.unlock();
        }
    }

    /** All that are remembered, in the order in which they were asked for. */
    public List<Transfer> list() {
        lock.lock();
        try {
            forgetOld();
            return transfers.values().stream().map(RunningTransfer::snapshot).toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks a transfer to end soon; one that waits ends at once. One that has ended is left as it is.
     *
     * @throws StorageException NOT_FOUND if it is not remembered
     */
    public Transfer cancel(String id) {
        lock.lock();
        try {
            RunningTransfer transfer = find(id);
            transfer.monitor().cancel();
            if (transfer.state() == TransferState.WAITING) {
                transfer.stop(clock.instant());
                changed.signalAll();
            }
            return transfer.snapshot();
        } finally {
            lock.unlock();
        }
    }

    /** Cancels all, and waits a little for them to stop. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            List.copyOf(transfers.keySet()).forEach(this::cancel);
            long left = PATIENCE.toNanos();
            while (running > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void run(RunningTransfer transfer, TransferWork work) {
        if (!isMyTurn(transfer)) {
            return;
        }
        boolean ended = false;
        try {
            TransferResult result = work.run(transfer.monitor());
            ended = end(() -> transfer.succeed(result, clock.instant()));
        } catch (TransferCancelledException e) {
            ended = end(() -> transfer.stop(clock.instant()));
        } catch (StorageException e) {
            LOG.warn("{} failed: {}", transfer.key(), e.getMessage());
            ended = end(() -> transfer.fail(e.code(), text(e), clock.instant()));
        } catch (RuntimeException e) {
            LOG.error("{} failed by a defect", transfer.key(), e);
            ended = end(() ->
                    transfer.fail(ErrorCode.INTERNAL, "cannot finish " + transfer.key() + ": " + e, clock.instant()));
        } finally {
            if (!ended) {
                end(() -> transfer.fail(
                        ErrorCode.INTERNAL, "cannot finish " + transfer.key() + ": its thread died", clock.instant()));
            }
            afterEach.run();
        }
    }

    /** Waits until it may run, and lets it; false if it was cancelled before. */
    private boolean isMyTurn(RunningTransfer transfer) {
        lock.lock();
        try {
            while (transfer.state() == TransferState.WAITING && (running >= most || firstWaiting() != transfer)) {
                changed.awaitUninterruptibly();
            }
            if (transfer.state() != TransferState.WAITING) {
                return false;
            }
            running++;
            transfer.begin();
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private RunningTransfer firstWaiting() {
        return transfers.values().stream()
                .filter(other -> other.state() == TransferState.WAITING)
                .findFirst()
                .orElseThrow();
    }

    private boolean end(Runnable transition) {
        lock.lock();
        try {
            transition.run();
            running--;
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private RunningTransfer find(String id) {
        RunningTransfer transfer = transfers.get(id);
        if (transfer == null) {
            throw StorageException.notFound("transfer", id);
        }
        return transfer;
    }

    private void forgetOld() {
        Instant before = clock.instant().minus(memory.time());
        transfers
                .values()
                .removeIf(known -> known.ended().filter(before::isAfter).isPresent());
        List<String> ended = new ArrayList<>();
        transfers.forEach((id, known) -> {
            if (known.state().hasEnded()) {
                ended.add(id);
            }
        });
        Iterator<String> oldest = ended.iterator();
        for (int tooMany = ended.size() - memory.most(); tooMany > 0; tooMany--) {
            transfers.remove(oldest.next());
        }
    }

    private static String text(StorageException e) {
        return e.getMessage() == null ? e.code().name() : e.getMessage();
    }
}
