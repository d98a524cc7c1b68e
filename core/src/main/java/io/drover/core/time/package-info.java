/** Waiting, as an argument: the one place of the program that sleeps. JDK only. */
@NullMarked
package io.drover.core.time;

import org.jspecify.annotations.NullMarked;
