package io.drover.core.fault;

/**
 * What may go wrong between two steps. An operation calls {@link #reach} with a stable name, {@code <operation>.<what has just been
 * done>}, after every step that changed something outside of the process. The set of names is collected by the kill tests.
 */
@FunctionalInterface
public interface FaultPoints {
    /** Nothing ever happens. */
    FaultPoints NONE = name -> {};

    /** Passes the point, or does not return. */
    void reach(String name);
}
