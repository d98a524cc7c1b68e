package io.drover.core.sys;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * The C library and the threads on which it is called. A job of {@link #on} runs on one platform thread from its first call to its last
 * look at errno.
 *
 * <p>The pool starts a thread when none is idle, instead of queueing: a call that hangs (a sync on a frozen file system) must never keep
 * the one from running that would end it (the thaw). There are as many threads as callers who wait at once.
 */
final class Kernel {
    static final int READ = 0;
    static final int READ_WRITE = 2;
    static final int EXCLUSIVE = 0200;
    static final int CREATE = 0100;
    static final int CURRENT_DIRECTORY = -100;
    private static final int CLOSE_ON_EXEC = 02000000;

    private final FutureTask<Binding> binding = new FutureTask<>(Binding::load);
    private final ExecutorService threads;

    Kernel() {
        // Loading costs some tenths of a second: it goes on while the program makes ready what needs no system calls.
        Thread.ofPlatform().name("system-call-library").daemon(true).start(binding);
        this.threads = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                30,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                Thread.ofPlatform()
                        .name("system-call-", 0)
                        .daemon(true)
                        .stackSize(256 << 10)
                        .factory());
    }

    /** The library as functions, and what knows the errno of the last call on a thread. */
    private record Binding(LibC c, Runtime runtime) {
        static Binding load() {
            LibC c = LibraryLoader.create(LibC.class).load("c");
            return new Binding(c, Runtime.getRuntime(c));
        }
    }

    LibC c() {
        return binding().c();
    }

    private Binding binding() {
        return uninterrupted(binding);
    }

    /** Runs a job on a platform thread and waits for it, interrupted or not: its outcome may be a state of the kernel. */
    <T> T on(Supplier<T> job) {
        return uninterrupted(threads.submit(job::get));
    }

    private static <T> T uninterrupted(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof SystemCallException failure) {
            // A new one with the caller's stack, which is the one that tells what was attempted.
            SystemCallException same = new SystemCallException(failure.call(), failure.object(), failure.number());
            same.initCause(failure);
            return same;
        }
        if (cause instanceof RuntimeException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(cause);
    }

    /** One call, on a platform thread. */
    void call(String name, Object object, IntSupplier call) {
        on(() -> check(name, object, call.getAsInt()));
    }

    /** Inside of a job: turns -1 into an exception. */
    int check(String name, Object object, int result) {
        if (result < 0) {
            throw new SystemCallException(
                    name, object.toString(), binding().runtime().getLastError());
        }
        return result;
    }

    /** A job with an open file, on a platform thread. */
    <T> T withFile(Path file, int flags, IntFunction<T> job) {
        return on(() -> opened(file, flags, job));
    }

    /** Inside of a job: opens, works, closes. */
    <T> T opened(Path file, int flags, IntFunction<T> job) {
        int fd = check("open", file, c().open(file.toString(), flags | CLOSE_ON_EXEC, 0));
        try {
            return job.apply(fd);
        } finally {
            c().close(fd);
        }
    }

    /** A zeroed structure of the kernel's. */
    static ByteBuffer structure(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** Writes text and the NUL behind it into a field of a structure. */
    static void putText(ByteBuffer structure, int offset, int fieldBytes, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= fieldBytes) {
            throw new SystemCallException("name", text, Errno.ENAMETOOLONG);
        }
        structure.put(offset, bytes);
    }

    /** Reads text up to its NUL out of a field of a structure. */
    static String text(ByteBuffer structure, int offset, int fieldBytes) {
        byte[] bytes = new byte[fieldBytes];
        structure.get(offset, bytes);
        int length = 0;
        while (length < fieldBytes && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
