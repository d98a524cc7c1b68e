package io.drover.core.model;

/** The access modes that one attached host can serve; CSI's names. Modes for several hosts are refused at the edge. */
public enum AccessMode {
    SINGLE_NODE_WRITER,
    SINGLE_NODE_READER_ONLY,
    SINGLE_NODE_SINGLE_WRITER,
    SINGLE_NODE_MULTI_WRITER;

    public boolean isReadOnly() {
        return this == SINGLE_NODE_READER_ONLY;
    }
}
