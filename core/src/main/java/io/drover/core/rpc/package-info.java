/**
 * gRPC as Drover uses it: servers and channels over unix sockets and inside the process, one virtual thread per call, errors mapped
 * in one place. For the edges of the apps and for {@code drover}; services know nothing of it.
 *
 * <pre>
 *  socket ─▶ {@link io.drover.core.rpc.CallInterceptor} ─▶ generated stub ─▶ edge: {@link io.drover.core.rpc.Unary#handle} ─▶ service
 *               │ one log line, metrics                                        │ StorageException
 *               └──────────────── status ◀── {@link io.drover.core.rpc.StatusMapper} ◀──┘
 * </pre>
 */
@NullMarked
package io.drover.core.rpc;

import org.jspecify.annotations.NullMarked;
