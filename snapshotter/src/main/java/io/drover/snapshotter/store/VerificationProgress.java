package io.drover.snapshotter.store;

/** Who watches a verification; may be called by several threads at once. */
public interface VerificationProgress {
    /** Before the first block: how many bytes of blocks will be looked at. */
    void total(long bytes);

    /** After each block. May throw to end the verification, which then throws the same. */
    void checked(long blockBytes, long storedBytes);
}
