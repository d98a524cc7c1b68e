package io.drover.node.freeze;

/** File systems that are frozen now. Close it in a {@code finally}. */
public interface Freeze extends AutoCloseable {
    /**
     * Lets writes go on, in reverse order. Thawing again does nothing.
     *
     * @return whether everything was frozen until now; false if the deadline came first, so that what was done meanwhile is only as
     *     consistent as after a crash
     */
    boolean thaw();

    /** As {@link #thaw}. */
    @Override
    void close();
}
