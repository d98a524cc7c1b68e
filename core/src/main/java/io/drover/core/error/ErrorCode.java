package io.drover.core.error;

/** What kind of problem it is; decides the gRPC code on the wire (see {@code core.rpc.StatusMapper}) and whom to blame. */
public enum ErrorCode {
    /** The request is malformed; the caller has to change it. */
    INVALID,
    /** The named object does not exist. Deleting, unstaging and unpublishing such an object is a success instead. */
    NOT_FOUND,
    /** An object of this name exists and differs from what is asked for. */
    EXISTS_DIFFERENT,
    /** A size, count or position outside of what is possible. */
    OUT_OF_RANGE,
    /** No disk has room for it. */
    NO_SPACE,
    /** The object is held by somebody, or in a state that forbids the operation until the caller does something else first. */
    IN_USE,
    /** The object is still being made or removed; the same call later will work. */
    NOT_READY,
    /** Another operation on the same object is under way; the same call later will work. */
    BUSY,
    /** A part that is needed does not answer; the same call later may work. */
    UNAVAILABLE,
    /** The work did not end in time; the same call continues it. */
    TIMEOUT,
    /** Understood, but not offered. */
    UNSUPPORTED,
    /** Data is damaged; needs a human. */
    CORRUPT,
    /** A defect of Drover's, or of the host; needs a human. */
    INTERNAL
}
