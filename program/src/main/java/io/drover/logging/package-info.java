/** How the program logs: to standard error, as text for people or as one JSON object per line for collectors. */
@NullMarked
package io.drover.logging;

import org.jspecify.annotations.NullMarked;
