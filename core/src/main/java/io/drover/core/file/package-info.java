/** Small files that are replaced as a whole and survive the loss of power. JDK only. */
@NullMarked
package io.drover.core.file;

import org.jspecify.annotations.NullMarked;
