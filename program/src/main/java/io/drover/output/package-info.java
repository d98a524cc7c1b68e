/**
 * What commands print for people: tables and figures as text. Pure: nothing here writes anywhere; the commands of this
 * module do.
 */
@NullMarked
package io.drover.output;

import org.jspecify.annotations.NullMarked;
