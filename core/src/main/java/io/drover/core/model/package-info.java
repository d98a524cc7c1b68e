/**
 * The words of Drover as values: names, sizes, handles, parameters, states, and the records of what exists. JDK only: no files,
 * no network, no threads. Every record checks itself when it is made, so that what carries a type is valid.
 */
@NullMarked
package io.drover.core.model;

import org.jspecify.annotations.NullMarked;
