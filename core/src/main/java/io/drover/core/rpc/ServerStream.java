package io.drover.core.rpc;

import io.drover.core.error.StorageException;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One request, many answers, written as a loop that blocks while the client is slower. The loop runs on a virtual thread of its own:
 * the one of the call has to be free for gRPC's "ready" events.
 *
 * @param <R> the message
 */
public final class ServerStream<R> {
    private final ServerCallStreamObserver<R> observer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private ServerStream(ServerCallStreamObserver<R> observer) {
        this.observer = observer;
    }

    /** Runs the work, which sends any number of messages, and ends the call with its success or failure. Returns at once. */
    public static <R> void handle(StreamObserver<R> observer, Consumer<ServerStream<R>> work) {
        ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) observer;
        ServerStream<R> stream = new ServerStream<>(call);
        call.setOnReadyHandler(stream::wake);
        call.setOnCancelHandler(stream::wake);
        Thread.ofVirtual().name("grpc-stream").start(Context.current().wrap(() -> stream.run(work)));
    }

    /**
     * Sends a message, after waiting until the client can take it.
     *
     * @throws StorageException UNAVAILABLE if the client has gone
     */
    public void send(R message) {
        lock.lock();
        try {
            while (!observer.isReady() && !observer.isCancelled()) {
                changed.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageException.unavailable("the call was interrupted while sending; call again");
        } finally {
            lock.unlock();
        }
        if (observer.isCancelled()) {
            throw StorageException.unavailable("the client has cancelled the call");
        }
        observer.onNext(message);
    }

    @SuppressWarnings("CatchingUnchecked") // the edge is where every failure becomes a status
    private void run(Consumer<ServerStream<R>> work) {
        try {
            work.accept(this);
        } catch (Exception e) {
            observer.onError(StatusMapper.status(e).asRuntimeException());
            return;
        }
        if (!observer.isCancelled()) {
            observer.onCompleted();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
