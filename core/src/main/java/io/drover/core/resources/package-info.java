/**
 * The form of the records on disk: YAML documents shaped as Kubernetes resources, which a person can read. One format class per kind;
 * {@link io.drover.core.resources.ResourceFormat} is what others use. A field that is missing, unknown or impossible makes the document
 * CORRUPT: nothing is guessed, and nothing that a newer version wrote is lost by writing it back.
 */
@NullMarked
package io.drover.core.resources;

import org.jspecify.annotations.NullMarked;
