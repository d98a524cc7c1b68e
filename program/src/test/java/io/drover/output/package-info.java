@NullMarked
package io.drover.output;

import org.jspecify.annotations.NullMarked;
