package io.drover.snapshotter.testing;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Decides which requests fail, and how. Called by several threads. */
@FunctionalInterface
public interface FaultPlan {
    /** Everything works. */
    FaultPlan NONE = _ -> Optional.empty();

    /**
     * A request as the proxy sees it.
     *
     * @param index from 0, since the plan was made the current one
     */
    record Request(int index, String method, String path, String query) {
        public boolean isListing() {
            return method.equals("GET") && query.contains("list-type=2");
        }
    }

    Optional<Fault> on(Request request);

    /** Fails the request of this index only. */
    static FaultPlan at(int index, Fault fault) {
        return request -> request.index() == index ? Optional.of(fault) : Optional.empty();
    }

    /** Fails all requests that are such. */
    static FaultPlan always(Predicate<Request> such, Fault fault) {
        return request -> such.test(request) ? Optional.of(fault) : Optional.empty();
    }

    /** Fails the first so many of the requests that are such. */
    static FaultPlan first(int count, Predicate<Request> such, Fault fault) {
        AtomicInteger left = new AtomicInteger(count);
        return request -> such.test(request) && left.getAndDecrement() > 0 ? Optional.of(fault) : Optional.empty();
    }
}
