package io.drover.core.resources;

/** A line of a watch of the Kubernetes API. */
public sealed interface ObjectEvent {
    /** An object is new, or was changed. */
    record Written(ObjectRead object) implements ObjectEvent {}

    /** An object is gone; the version is that of its removal. */
    record Removed(String name, String uid, long version) implements ObjectEvent {}

    /** Nothing happened up to this version. */
    record Bookmark(long version) implements ObjectEvent {}

    /** The watch cannot go on. Code 410: what happened since is not known any more, list again. */
    record Failed(int code, String message) implements ObjectEvent {}
}
