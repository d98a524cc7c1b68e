package io.drover.snapshotter.format;

/** What is stored of a block cannot be decoded; the message ends a sentence about the block. */
final class MalformedBlock extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBlock(String message) {
        super(message);
    }

    MalformedBlock(String message, Throwable cause) {
        super(message, cause);
    }
}
