/**
 * The one exception of Drover and its codes. Whoever finds a problem throws a {@link io.drover.core.error.StorageException}
 * with the object, the problem and the remedy in its message; only {@code core.rpc} turns it into a gRPC status.
 */
@NullMarked
package io.drover.core.error;

import org.jspecify.annotations.NullMarked;
