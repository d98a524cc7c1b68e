package io.drover.core.resources;

/** A line of a watch of pods. */
public sealed interface PodEvent {
    /** A pod is new, or was changed. */
    record Seen(PodPlace pod) implements PodEvent {}

    /** A pod is gone. */
    record Gone(String name) implements PodEvent {}

    /** Nothing of interest. */
    record Nothing() implements PodEvent {}

    /** The watch cannot go on: list again. */
    record Failed(String message) implements PodEvent {}
}
